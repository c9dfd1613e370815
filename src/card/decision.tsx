/** The question before a launch: what a person should see, and their answer. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Found } from "./check.tsx";
import { learn, textOf } from "./data.ts";
import type { Host } from "./host.ts";
import type { Known, Launch, Loose, ToolResult } from "./types.ts";

type Phase =
  | { at: "open"; note?: string }
  | { at: "pending" }
  | { at: "declined"; told: boolean }
  | { at: "unclear"; why: string }
  | { at: "looking"; why: string };

interface Props {
  known: Known;
  launch: Launch;
  args: Loose;
  host: Host;
  canCallTools: boolean;
  onLearnt(change: (known: Known) => Known): void;
}

export function Decision({ known, launch, args, host, canCallTools, onLearnt }: Props) {
  const [phase, setPhase] = useState<Phase>({ at: "open" });
  // State arrives with the next drawing; a second click may come before it.
  const busy = useRef(false);
  const notice = useRef<HTMLParagraphElement>(null);
  const id = known.campaign_id;

  // After anything but a plain question the focus goes to the notice, not to a button that was pressed for something else.
  const note = phase.at === "open" ? (phase.note ?? launch.reason) : undefined;
  useEffect(() => notice.current?.focus(), [launch.confirmation, phase.at]);

  const once = (act: () => Promise<void>) => (event: MouseEvent) => {
    // The second click of a double click may fall on a question that was asked again meanwhile.
    if (event.detail > 1 || busy.current) return;
    busy.current = true;
    act().finally(() => {
      busy.current = false;
    });
  };

  const approve = once(async () => {
    setPhase({ at: "pending" });
    const { confirmation: _earlier, dry_run: _dry, ...same }: Loose = { campaign_id: id, ...args };
    try {
      const result = await host.callTool("run_campaign", { ...same, confirmation: launch.confirmation });
      setPhase({ at: "open" });
      onLearnt((before) => learn(withoutQuestion(before), result));
      await host.tellModel(afterApproval(id, result));
    } catch (error) {
      setPhase({ at: "unclear", why: error instanceof Error ? error.message : String(error) });
    }
  });

  const decline = once(async () => {
    const told = await host.tellModel(
      `The person pressed Decline in the launch card: campaign ${id} was not started. Do not start it unless they ask for it.`,
    );
    setPhase({ at: "declined", told });
  });

  const look = once(async () => {
    const why = phase.at === "unclear" ? phase.why : "";
    setPhase({ at: "looking", why });
    try {
      const result = await host.callTool("get_campaign", { campaign_id: id, include: "content" });
      const { status, failure } = learn({}, result);
      if (failure !== undefined || status === undefined) throw new Error(failure);
      setPhase({ at: "open", note: `The status of the campaign still reads ${status}.` });
      const runs = status === "RUNNING" || status === "COMPLETED";
      const ended = { outcome: "done", status };
      onLearnt((before) => learn(runs ? { ...withoutQuestion(before), ended } : before, result));
    } catch {
      setPhase({ at: "unclear", why });
    }
  });

  if (phase.at === "declined") {
    return (
      <section class="panel" aria-label="Your decision">
        <p class="notice" ref={notice} tabIndex={-1} role="status">
          <strong>You declined. Nothing was started.</strong>{" "}
          {phase.told ? "The assistant has been told." : "Please tell the assistant in the chat."}
        </p>
      </section>
    );
  }

  const pending = phase.at === "pending" || phase.at === "looking";
  return (
    <section class="panel ask" aria-labelledby="question">
      <h2 id="question">{launch.question}</h2>
      {note && (
        <p class="notice warning" ref={notice} tabIndex={-1} role="status">
          <strong>Nothing was started.</strong> {note} Please decide again on what is shown now.
        </p>
      )}
      <Facts facts={launch.facts} />
      <Found known={known} />
      {phase.at === "unclear" || phase.at === "looking" ? (
        <>
          <p class="notice warning" ref={notice} tabIndex={-1} role="status">
            <strong>No clear answer came</strong> ({phase.why}). The campaign may or may not have been
            started. Look before you decide again; looking starts nothing.
          </p>
          <div class="buttons">
            <button type="button" class="main" disabled={pending} onClick={look}>
              {pending ? "Looking…" : "Look what happened"}
            </button>
          </div>
        </>
      ) : canCallTools ? (
        <div class="buttons">
          <button type="button" class="main" disabled={pending} onClick={approve}>
            {pending ? "Starting…" : "Approve and start"}
          </button>
          <button type="button" disabled={pending} onClick={decline}>
            Decline
          </button>
          <p class="quiet" role="status">
            {pending ? "Your program may ask you once more." : "Nothing is sent before you approve."}
          </p>
        </div>
      ) : (
        <p class="quiet">
          Your program does not let this card act. Nothing has been started: answer the assistant in the chat.
        </p>
      )}
    </section>
  );
}

/** It was answered: what comes now is a result, or another question. */
function withoutQuestion({ launch: _asked, failure: _failure, ...rest }: Known): Known {
  return rest;
}

/** A new question is the person's to answer: the model gets neither its token nor a word that sounds like consent to it. */
function afterApproval(id: number | undefined, result: ToolResult): string {
  const data = result.structuredContent;
  if (data?.outcome !== "confirmation_required")
    return `The person pressed Approve in the launch card. run_campaign answered:\n${textOf(result)}`;
  return `The person pressed Approve in the launch card, but campaign ${id} was not started: ${data.reason} The card asks them again. Do not start it for them.`;
}

/** The header has these. */
const shownAbove = ["campaign", "name", "status"];

function Facts({ facts }: { facts: Launch["facts"] }) {
  return (
    <dl class="facts">
      {Object.entries(facts)
        .filter(([label]) => !shownAbove.includes(label))
        .map(([label, value]) => (
          <div>
            <dt>{label.charAt(0).toUpperCase() + label.slice(1)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
