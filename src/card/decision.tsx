/** The question before something is sent or deleted: what a person should see, and their answer. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Found } from "./check.tsx";
import { learn, textOf } from "./data.ts";
import { Facts, isForNobody } from "./facts.tsx";
import type { Host } from "./host.ts";
import { forPerson } from "./plain.ts";
import { Said } from "./said.tsx";
import { Several } from "./several.tsx";
import type { Known, Launch, Loose, ToolResult } from "./types.ts";
import { type Verbs, verbsOf } from "./words.ts";

type Phase =
  | { at: "open"; note?: string }
  | { at: "pending" }
  | { at: "declined"; told: boolean }
  | { at: "unclear"; why: string }
  | { at: "looking"; why: string };

export interface CardProps {
  /** With what the tool was called. */
  args: Loose;
  known: Known;
  host: Host;
  canCallTools: boolean;
  /** Changes what is known at that time: answers come in any order. */
  onLearnt(change: (known: Known) => Known): void;
}

export function Decision(props: CardProps & { launch: Launch }) {
  const { known, launch, args, host, canCallTools, onLearnt } = props;
  const [phase, setPhase] = useState<Phase>({ at: "open" });
  // State arrives with the next drawing; a second click may come before it.
  const busy = useRef(false);
  const notice = useRef<HTMLParagraphElement>(null);
  const id = known.campaign_id;
  const { tool, confirmation, facts, campaigns } = launch;
  const verbs = verbsOf(tool, known.status);
  const about = campaigns ? "these campaigns" : id === undefined ? "what was asked" : `campaign ${id}`;
  // Nobody's word is asked for as if it were the obvious thing to do.
  const doubt = doubtOf(launch, verbs);
  const canLook = id !== undefined && !campaigns;

  // After anything but a plain question the focus goes to the notice, not to a button that was pressed for something else.
  const note = phase.at === "open" ? (phase.note ?? launch.reason) : undefined;
  useEffect(() => notice.current?.focus(), [confirmation, phase.at]);

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
    const {
      confirmation: _earlier,
      dry_run: _dry,
      ...same
    }: Loose = {
      ...(!campaigns && id !== undefined && { campaign_id: id }),
      ...args,
    };
    try {
      const result = await host.callTool(String(tool), { ...same, confirmation });
      setPhase({ at: "open" });
      onLearnt((before) => learn(withoutQuestion(before), result));
      await host.tellModel(afterApproval(launch, about, verbs, result));
    } catch (error) {
      setPhase({ at: "unclear", why: error instanceof Error ? error.message : String(error) });
    }
  });

  const decline = once(async () => {
    const told = await host.tellModel(
      `The person pressed Decline in the launch card: ${about} was ${verbs.notDone}. Do not do it unless they ask for it.`,
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
          <strong>You declined. {verbs.nothing}</strong>{" "}
          {phase.told ? "The assistant has been told." : "Please tell the assistant in the chat."}
        </p>
      </section>
    );
  }

  const pending = phase.at === "pending" || phase.at === "looking";
  return (
    <section class="panel ask" aria-labelledby="question">
      <h2 id="question">{forPerson(launch.question)}</h2>
      {note && (
        <p class="notice warning" ref={notice} tabIndex={-1} role="status">
          <strong>{verbs.nothing}</strong> <Said text={note} /> Please decide again on what is shown now.
        </p>
      )}
      {campaigns ? <Several campaigns={campaigns} facts={facts} /> : <Facts facts={facts} />}
      {(launch.findings.length > 0 || tool === "run_campaign") && <Found known={known} />}
      {doubt && <p class="notice warning">{doubt}</p>}
      {phase.at === "unclear" || phase.at === "looking" ? (
        <>
          <p class="notice warning" ref={notice} tabIndex={-1} role="status">
            <strong>No clear answer came</strong> ({phase.why}). It may or may not have been{" "}
            {verbs.notDone.replace("not ", "")}.{" "}
            {canLook
              ? "Look before you decide again; looking changes nothing."
              : "Ask the assistant to look before it is done again."}
          </p>
          {canLook && (
            <div class="buttons">
              <button type="button" class="main" disabled={pending} onClick={look}>
                {pending ? "Looking…" : "Look what happened"}
              </button>
            </div>
          )}
        </>
      ) : canCallTools && tool !== undefined && confirmation !== undefined ? (
        <div class="buttons">
          <button
            type="button"
            class={doubt ? "" : verbs.isDeletion ? "main danger" : "main"}
            disabled={pending}
            onClick={approve}
          >
            {pending ? verbs.pending : `${verbs.approve}${doubt ? " all the same" : ""}`}
          </button>
          <button type="button" disabled={pending} onClick={decline}>
            Decline
          </button>
          <p class="quiet" role="status">
            {pending ? "Your program may ask you once more." : verbs.before}
          </p>
        </div>
      ) : (
        <p class="quiet">
          Your program does not let this card act. {verbs.nothing} Answer the assistant in the chat.
        </p>
      )}
    </section>
  );
}

/** It was answered: what comes now is a result, or another question. */
function withoutQuestion({ launch: _asked, failure: _failure, ...rest }: Known): Known {
  return rest;
}

function doubtOf({ tool, facts, campaigns, findings }: Launch, { isDeletion }: Verbs): string | undefined {
  if (isDeletion) return undefined;
  if (findings.some(({ severity }) => severity === "error"))
    return "The check found errors. Correct them first, unless you know why they do not matter.";
  if (tool === "run_campaign" && !campaigns && isForNobody(facts))
    return "As it is, nobody would get anything.";
  return undefined;
}

/** A new question is the person's to answer: the model gets neither its token nor a word that sounds like consent to it. */
function afterApproval({ tool }: Launch, about: string, { notDone }: Verbs, result: ToolResult): string {
  const data = result.structuredContent;
  if (data?.outcome !== "confirmation_required")
    return `The person pressed Approve in the launch card. ${tool} answered:\n${textOf(result)}`;
  return `The person pressed Approve in the launch card, but ${about} was ${notDone}: ${data.reason} The card asks them again. Do not do it for them.`;
}
