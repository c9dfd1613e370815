/** What a check cannot look at, and where a person can. */
import { firstOf, plain } from "../values/foreign.ts";
import { type Dossier, known } from "./dossier.ts";
import { senderAddresses } from "./senders.ts";

const MOST = 10;

export function notChecked(dossier: Dossier): string[] {
  return [...ofDomains(dossier), ...ofPeople(dossier), ...ofWarmUp(dossier)];
}

/** Woodpecker's API shows none of the three. */
function ofDomains(dossier: Dossier): string[] {
  const domains = [
    ...new Set(senderAddresses(dossier).flatMap((address) => address.split("@")[1]?.toLowerCase() || [])),
  ];
  if (domains.length === 0) {
    return dossier.mailboxIds.length === 0
      ? []
      : [
          "SPF, DKIM and DMARC of the sending domains: the mailboxes could not be read, so the domains are not known.",
        ];
  }
  const shown = firstOf(domains, MOST, (domain) => plain(domain, 80));
  return [
    `SPF, DKIM and DMARC of ${shown}: look at the mailbox in the Woodpecker app (domain check), or at the domain's TXT records (SPF at the domain itself, DMARC at _dmarc.${plain(domains[0] ?? "", 80)}, DKIM where your mail provider says).`,
  ];
}

function ofPeople({ parts }: Dossier): string[] {
  const people = known(parts.prospects);
  if (!people || people.rows.length >= people.total) return [];
  const { rows, total } = people;
  return [
    `The data of ${total - rows.length} of ${total} prospects: the first ${rows.length} were looked at; the rest can be looked through in the Woodpecker app.`,
  ];
}

function ofWarmUp({ mailboxIds, parts }: Dossier): string[] {
  const used = (known(parts.mailboxes) ?? []).filter(
    ({ id, type }) => mailboxIds.includes(id) && type === "SMTP",
  );
  const unknown = used.filter(({ warmUp }) => warmUp === undefined).map(({ email }) => plain(email, 80));
  if (unknown.length === 0) return [];
  return [
    `The warm-up of ${firstOf(unknown, MOST)}: Woodpecker does not tell it; look at the mailbox in the Woodpecker app.`,
  ];
}
