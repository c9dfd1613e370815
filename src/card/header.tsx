/** What the card is about: the campaign or campaigns, the account, the state. */
import { forPerson } from "./plain.ts";
import type { Known } from "./types.ts";
import { sayStatus, verdictWords } from "./words.ts";

export function Header({ known, isDraft }: { known: Known; isDraft: boolean }) {
  const { campaign_id: id, check, ended, account } = known;
  // A look that was begun before the launch may end after it.
  const status = ended?.status ?? known.status;
  const verdict = check && verdictWords[check.verdict];
  const { title, under } = titleOf(known, isDraft);
  if (!title && !account) return null;
  return (
    <header>
      <div>
        {title && <h1>{title}</h1>}
        <p class="quiet">{[under, account && `Account: ${account}`].filter(Boolean).join(" · ")}</p>
      </div>
      <p class="badges">
        {verdict && <span class={`badge ${verdict.look}`}>{verdict.said}</span>}
        {status && id !== undefined && <span class="badge">{sayStatus(status)}</span>}
      </p>
    </header>
  );
}

function titleOf({ name, campaign, campaign_id: id, ...known }: Known, isDraft: boolean) {
  const { report, launch, ended } = known;
  const several = (launch ?? ended)?.campaigns;
  if (report) return { title: `Report on ${campaigns(report.campaigns.length)}` };
  if (several) return { title: campaigns(several.length) };
  const title = name ?? campaign?.name;
  if (id !== undefined) return title ? { title, under: `Campaign ${id}` } : { title: `Campaign ${id}` };
  if (isDraft) return { title: title || "Draft", under: "A draft that does not exist yet" };
  return { title: launch ? "Your decision" : forPerson(title ?? "") };
}

const campaigns = (count: number) => (count === 1 ? "1 campaign" : `${count} campaigns`);
