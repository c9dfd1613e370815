/** The whole card: shows what is known, asks for what is missing, leaves out what cannot be had. */
import { useEffect, useRef, useState } from "preact/hooks";
import { CalendarChart } from "./calendar.tsx";
import { Changes } from "./changes.tsx";
import { CheckPanel } from "./check.tsx";
import { learn, stepsOf, textOf } from "./data.ts";
import { type CardProps, Decision } from "./decision.tsx";
import { Ending, Failure } from "./ending.tsx";
import { Header } from "./header.tsx";
import { LetterView } from "./letter.tsx";
import { forPerson } from "./plain.ts";
import { ReportView } from "./report.tsx";
import { Sequence } from "./sequence.tsx";
import { StatisticsView } from "./statistics.tsx";
import type { Known, Loose } from "./types.ts";

/** What the card reads by itself, in this order, each once. */
const reads = {
  get_campaign: { include: "content" },
  preview_campaign: { all_variants: true },
};

export function Card(props: CardProps) {
  const { args, known, host, canCallTools, onLearnt } = props;
  const [selected, setSelected] = useState(1);
  const [asking, setAsking] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const [seed, setSeed] = useState(1);
  const { check, preview, launch, statistics, report, campaign } = known;
  // A failure does not say which campaign it was about.
  const id = known.campaign_id ?? (typeof args.campaign_id === "number" ? args.campaign_id : undefined);
  const subject = id === undefined ? args.draft && { draft: args.draft } : { campaign_id: id };

  /** A read through the host; if it is refused or fails, the card shows what it has. */
  const ask = async (name: string, more: Loose = {}) => {
    if (!subject || asking) return;
    setAsking(name);
    const result = await host.callTool(name, { ...subject, ...more }).catch(() => undefined);
    setAsking(undefined);
    const isGood = result !== undefined && !result.isError;
    const why = result && forPerson(textOf(result).split("\n")[0] ?? "");
    setTrouble(isGood ? undefined : why || "there was no answer.");
    if (isGood) onLearnt((before) => merged(before, learn(before, result), more));
  };

  const wasAsked = useRef(false);
  wasAsked.current ||= launch !== undefined;
  const isLaunch = launch === undefined || (launch.tool === "run_campaign" && !launch.campaigns);
  const isAboutMail =
    isLaunch &&
    (wasAsked.current ||
      (check ?? preview) !== undefined ||
      (known.failure !== undefined && campaign !== undefined));
  const needsCampaign = (isAboutMail || known.failure !== undefined) && !campaign && id !== undefined;
  const needsPreview = launch !== undefined && isLaunch && !preview;
  const tried = useRef(new Set<string>());
  useEffect(() => {
    if (!canCallTools || asking) return;
    const missing = { get_campaign: needsCampaign, preview_campaign: needsPreview };
    const names = Object.keys(reads) as (keyof typeof reads)[];
    const next = names.find((name) => missing[name] && !tried.current.has(name));
    if (!next) return;
    tried.current.add(next);
    ask(next, reads[next]);
  }, [canCallTools, asking, needsCampaign, needsPreview]);

  // Shown again a while later, the question may have been answered long ago.
  const runsAlready = launch?.tool === "run_campaign" && campaign?.status === "RUNNING";
  const isOpen = launch !== undefined && !runsAlready;
  const ended = known.ended ?? (runsAlready ? { outcome: "already", status: "RUNNING" } : undefined);

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
      <Header
        known={{ ...known, ...(id !== undefined && { campaign_id: id }) }}
        isDraft={args.draft !== undefined}
      />
      {known.failure && <Failure text={known.failure} takesFocus={wasAsked.current} />}
      {ended && <Ending ended={ended} takesFocus={wasAsked.current && !runsAlready} />}
      {known.ended?.changed && <Changes changed={known.ended.changed} />}
      {isOpen && <Decision {...props} launch={launch} />}
      {check && !launch && <CheckPanel known={known} check={check} />}
      {isAboutMail && step && (
        <section class="panel" aria-labelledby="mails">
          <h2 id="mails">What people get</h2>
          {campaign?.reason && <p class="quiet">{forPerson(campaign.reason)}</p>}
          {preview?.emails_left_out && (
            <p class="quiet">{preview.emails_left_out} more did not fit; choose a person to see theirs.</p>
          )}
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
      {preview?.calendar && <CalendarChart calendar={preview.calendar} />}
      {report && <ReportView report={report} />}
      {statistics && <StatisticsView statistics={statistics} />}
      {preview && preview.assumptions.length > 0 && (
        <details class="panel">
          <summary>What the forecast rests on</summary>
          <ul>
            {preview.assumptions.map((one) => (
              <li>{forPerson(one)}</li>
            ))}
          </ul>
        </details>
      )}
      {trouble && !known.failure && (
        <p class="quiet" role="status">
          Not all could be loaded: {trouble}
        </p>
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
