/** The whole card: what there is to know is shown, what is missing is asked for, what cannot be had is left out. */
import { useEffect, useState } from "preact/hooks";
import { CalendarChart } from "./calendar.tsx";
import { CheckPanel } from "./check.tsx";
import { type Check, type Known, type Loose, learn, stepsOf } from "./data.ts";
import { Decision } from "./decision.tsx";
import type { Host } from "./host.ts";
import { LetterView } from "./letter.tsx";
import { Sequence } from "./sequence.tsx";
import { StatisticsView } from "./statistics.tsx";

interface Props {
  /** With what the tool was called. */
  args: Loose;
  known: Known;
  host: Host;
  canCallTools: boolean;
  onLearnt(known: Known): void;
}

export function Card(props: Props) {
  const { args, known, host, canCallTools, onLearnt } = props;
  const [selected, setSelected] = useState(1);
  const [asking, setAsking] = useState<string>();
  const [seed, setSeed] = useState(1);
  const { campaign_id: id, check, preview, launch, statistics, campaign } = known;
  const subject = id === undefined ? args.draft && { draft: args.draft } : { campaign_id: id };

  /** A read through the host; what is refused or fails stays unknown, and the card shows what it has. */
  const ask = async (name: string, more: Loose = {}) => {
    if (!subject || asking) return;
    setAsking(name);
    const result = await host.callTool(name, { ...subject, ...more }).catch(() => undefined);
    setAsking(undefined);
    if (result && !result.isError) onLearnt(merged(known, learn(known, result), more));
  };

  const isAboutMail = (check ?? preview ?? launch) !== undefined;
  const lacksCampaign = isAboutMail && !campaign && id !== undefined;
  const lacksPreview = launch !== undefined && !preview && !lacksCampaign;
  useEffect(() => {
    if (!canCallTools) return;
    if (lacksCampaign) ask("get_campaign", { include: "content" });
    else if (lacksPreview) ask("preview_campaign", { all_variants: true });
  }, [canCallTools, lacksCampaign, lacksPreview]);

  const steps = stepsOf(known);
  const step = steps.find((one) => one.step === selected) ?? steps[0];
  const askForLetters = (about: { email: string } | { others: true }) => {
    if ("email" in about)
      return ask("preview_campaign", { prospects: [{ email: about.email }], all_variants: true });
    setSeed(seed + 1);
    return ask("preview_campaign", { seed: seed + 1, all_variants: true });
  };

  return (
    <>
      <Header known={known} />
      {known.failure && <Failure text={known.failure} />}
      <Ending known={known} />
      {launch && <Decision {...props} launch={launch} />}
      {check && !launch && <CheckPanel known={known} check={check} />}
      {isAboutMail && step && (
        <section class="panel" aria-labelledby="mails">
          <h2 id="mails">What people get</h2>
          <div class="mails">
            <Sequence known={known} selected={step.step} onSelect={setSelected} />
            <LetterView
              known={known}
              step={step}
              isAsking={asking !== undefined}
              onAsk={canCallTools ? askForLetters : undefined}
            />
          </div>
        </section>
      )}
      {preview && <CalendarChart calendar={preview.calendar} />}
      {statistics && <StatisticsView statistics={statistics} />}
      {preview && preview.assumptions.length > 0 && (
        <details class="panel">
          <summary>What the forecast rests on</summary>
          <ul>
            {preview.assumptions.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </details>
      )}
      {canCallTools && subject && (
        <div class="buttons">
          {check && !preview && (
            <button
              type="button"
              disabled={asking !== undefined}
              onClick={() => ask("preview_campaign", { all_variants: true })}
            >
              {asking === "preview_campaign" ? "Loading…" : "Show the e-mails filled in, and the calendar"}
            </button>
          )}
          {preview && !check && !launch && (
            <button type="button" disabled={asking !== undefined} onClick={() => ask("check_campaign")}>
              {asking === "check_campaign" ? "Checking…" : "Check it before launch"}
            </button>
          )}
        </div>
      )}
    </>
  );
}

/** The e-mails of one person come with a calendar for one person: the calendar of everybody stays. */
function merged(before: Known, after: Known, { prospects }: Loose): Known {
  if (!before.preview || !after.preview || after.preview === before.preview) return after;
  if (prospects === undefined) return after;
  const people = new Set(after.preview.emails.map(({ email }) => email));
  const others = before.preview.emails.filter(({ email }) => !people.has(email));
  return { ...after, preview: { ...before.preview, emails: [...others, ...after.preview.emails] } };
}

const verdicts: Record<Check["verdict"], { said: string; look: string }> = {
  ready: { said: "Ready", look: "good" },
  warnings: { said: "Ready, with warnings", look: "warning" },
  blocked: { said: "Not ready", look: "error" },
  incomplete: { said: "Not all could be checked", look: "could_not_check" },
};

function Header({ known: { name, campaign, campaign_id: id, status, check } }: { known: Known }) {
  const verdict = check && verdicts[check.verdict];
  const title = name ?? campaign?.name;
  return (
    <header>
      <div>
        <h1>{title || (id === undefined ? "Draft" : `Campaign ${id}`)}</h1>
        <p class="quiet">{id === undefined ? "A draft that does not exist yet" : `Campaign ${id}`}</p>
      </div>
      <p class="badges">
        {verdict && <span class={`badge ${verdict.look}`}>{verdict.said}</span>}
        {status && <span class="badge">{status}</span>}
      </p>
    </header>
  );
}

function Failure({ text }: { text: string }) {
  return (
    <section class="panel" aria-label="Failure">
      {text.split("\n").map((line, index) => (index === 0 ? <p class="lead">{line}</p> : <p>{line}</p>))}
    </section>
  );
}

const outcomes: Record<string, string> = {
  done: "Done.",
  already: "It was so already; nothing was changed.",
  coalesced: "The same call was under way; this is its result.",
  deduplicated: "This was done already; nothing was done again.",
  dry_run: "A dry run: nothing was sent and nothing was changed.",
};

function Ending({ known: { ended } }: { known: Known }) {
  if (!ended) return null;
  const { outcome, status, undo, next, request } = ended;
  const runs = status === "RUNNING" && outcome !== "dry_run";
  return (
    <section class="panel" aria-label="Result">
      <p class="notice good" role="status">
        <strong>{runs ? "The campaign is running." : (outcomes[outcome] ?? outcome)}</strong>{" "}
        {runs && outcome === "already" ? outcomes.already : ""}
        {request ? `The request would be: ${request.method} ${request.path}` : ""}
      </p>
      {undo && outcome !== "already" && <p class="quiet">To take it back: {undo}.</p>}
      {next && <p class="quiet">{next}</p>}
    </section>
  );
}
