/** What a check cannot look at, and where a person can. */
import { firstOf, plain } from "../values/foreign.ts";
import { type Dossier, known } from "./dossier.ts";
import { senderAddresses } from "./senders.ts";

const MOST = 10;

export const notChecked = (dossier: Dossier): string[] =>
  [ofDomains, ofPeople, ofWarmUp].flatMap((of) => of(dossier) || []);

/** Woodpecker's API shows none of the three. */
function ofDomains(dossier: Dossier): string | false {
  const domains = [
    ...new Set(senderAddresses(dossier).flatMap((address) => address.split("@")[1]?.toLowerCase() || [])),
  ];
  const [first] = domains;
  if (first === undefined)
    return (
      dossier.mailboxIds.length > 0 &&
      "SPF, DKIM and DMARC of the sending domains: the mailboxes could not be read, so the domains are not known."
    );
  const shown = firstOf(domains, MOST, (domain) => plain(domain, 80));
  return `SPF, DKIM and DMARC of ${shown}: look at the mailbox in the Woodpecker app (domain check), or at the domain's TXT records (SPF at the domain itself, DMARC at _dmarc.${plain(first, 80)}, DKIM where your mail provider says).`;
}

function ofPeople({ parts }: Dossier): string | false {
  const { rows, total } = known(parts.prospects) ?? { rows: [], total: 0 };
  return (
    rows.length < total &&
    `The data of ${total - rows.length} of ${total} prospects: the first ${rows.length} were looked at; the rest can be looked through in the Woodpecker app.`
  );
}

function ofWarmUp({ mailboxIds, parts }: Dossier): string | false {
  const unknown = (known(parts.mailboxes) ?? []).filter(
    ({ id, type, warmUp }) => mailboxIds.includes(id) && type === "SMTP" && warmUp === undefined,
  );
  return (
    unknown.length > 0 &&
    `The warm-up of ${firstOf(unknown, MOST, ({ email }) => plain(email, 80))}: Woodpecker does not tell it; look at the mailbox in the Woodpecker app.`
  );
}
