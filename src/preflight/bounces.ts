/** How many of a campaign's e-mails bounced, beside what its bounce shield allows. */
import { type Dossier, known } from "./dossier.ts";

/** "12 of 150 e-mails bounced (8.0 %)"; undefined where that is not known. */
export function sayBounces({ parts }: Dossier): string | undefined {
  const standing = known(parts.standing);
  const bounced = standing?.all.bounced;
  const sent = standing?.sent;
  if (bounced === undefined || !sent) return undefined;
  return `${bounced} of ${sent} e-mails bounced (${((bounced / sent) * 100).toFixed(1)} %)`;
}
