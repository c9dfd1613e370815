/** Whom a call names by address, id or domain, in one form; and who of them is not in the account. */
import { domainToASCII } from "node:url";
import { bareAddress } from "../../model/addresses.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";
import { domainOf, type Selection } from "../../woodpecker/selected.ts";

interface Given {
  emails?: readonly string[] | undefined;
  prospect_ids?: readonly number[] | undefined;
  domains?: readonly string[] | undefined;
  campaign_ids?: readonly number[] | undefined;
}

export interface Named {
  selection: Selection;
  unknownAmong(people: Iterable<EnrolledRow>, unread: ReadonlySet<string | number>): string[];
}

/** What is no address or domain is nobody's, and keeps nobody else from being stopped. */
export function nameable(given: Given): Named {
  const emails = sorted(given.emails, (text) => {
    const address = bareAddress(text).toLowerCase();
    return /^[^\s@,]+@[^\s@,]+$/.test(address) ? address : undefined;
  });
  const domains = sorted(given.domains, asDomain);
  const ids = [...new Set(given.prospect_ids)];
  return {
    selection: {
      emails: emails.good,
      ids,
      domains: domains.good,
      campaignIds: [...new Set(given.campaign_ids)],
    },
    unknownAmong(people, unread) {
      const rows = [...people];
      const addresses = new Set(rows.map(({ email }) => email.toLowerCase()));
      const places = new Set(rows.map(({ email }) => domainOf(email)));
      const found = new Set(rows.map(({ id }) => id));
      const missing = [
        ...emails.good.filter((email) => !addresses.has(email)),
        ...ids.filter((one) => !found.has(one)),
        ...domains.good.filter((domain) => !places.has(domain)),
      ].filter((name) => !unread.has(name));
      return [...missing.map(String), ...emails.bad, ...domains.bad];
    },
  };
}

/** acme.com, from @ACME.com or https://acme.com/ too. @returns nothing for what is no domain */
function asDomain(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/^@/, "")
    .replace(/[/.]+$/, "");
  const domain = domainToASCII(bare).toLowerCase();
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(domain) ? domain : undefined;
}

function sorted(texts: readonly string[] = [], read: (text: string) => string | undefined) {
  const [good, bad] = [new Set<string>(), new Set<string>()];
  for (const text of texts) {
    const value = read(text);
    if (value === undefined) bad.add(text);
    else good.add(value);
  }
  return { good: [...good], bad: [...bad] };
}
