/** Looks that need a draft. Each leaves it as it was, as far as Woodpecker lets it. */
import { setTimeout as sleep } from "node:timers/promises";
import { asArray, asNumber, asObject, type Loose } from "../../values/loose.ts";
import { isDone, isRefused, type Prober, questions, type Seen } from "../../woodpecker/probing.ts";
import { requests } from "../../woodpecker/requests.ts";
import { step, waiting } from "./draft-body.ts";
import { type Keeper, shownSteps } from "./keeper.ts";
import { agrees, differs, judge, type LookedAt, type Probe, statusOf, unseen } from "./probe.ts";

export interface Draft {
  prober: Prober;
  keeper: Keeper;
  id: number;
  name: string;
  mailbox: number;
  pauses: readonly number[];
}

const idOf = (one: Loose | undefined) => String(one?.id ?? "");
const versionsOf = (one: Loose | undefined) => asArray(asObject(one?.body).versions).map(asObject);
const steps = ({ prober, id }: Draft) => shownSteps(prober, id);

/** Adds a step at the end, shows how it was kept, and takes it away again. */
async function trying(draft: Draft, added: Loose): Promise<{ answer: Seen; kept?: Loose | undefined }> {
  const { keeper, id } = draft;
  const before = await steps(draft);
  const answer = await keeper.edit(requests.addStep(id, idOf(before.at(-1)), added));
  if (!isDone(answer)) return { answer };
  const after = await steps(draft);
  const kept = after.length > before.length ? after.at(-1) : undefined;
  if (kept) await keeper.edit(requests.deleteStep(id, idOf(kept)));
  return { answer, kept };
}

/** Where the product copes with either answer, the answer itself is what is worth knowing. */
const either = (answer: Seen) => agrees(`${isDone(answer) ? "accepted" : "refused"}: ${statusOf(answer)}`);
const refused = (answer: Seen) => judge(isRefused(answer), statusOf(answer));
const ifAnswered = (answer: Seen, judged: (answer: Seen) => LookedAt) =>
  isDone(answer) || isRefused(answer) ? judged(answer) : unseen(statusOf(answer));

const added = (id: string, given: Loose, judged: (answer: Seen, kept?: Loose) => LookedAt): Probe<Draft> => ({
  id,
  look: async (draft) => {
    const { answer, kept } = await trying(draft, { ...waiting, ...given });
    return ifAnswered(answer, (seen) => judged(seen, kept));
  },
});

const settings = (id: string, body: Loose): Probe<Draft> => ({
  id,
  look: async (draft) =>
    ifAnswered(await draft.keeper.edit(requests.update(draft.id, { settings: body })), either),
});

const monday = (...windows: [string, string][]) => ({
  delivery_time: { MONDAY: windows.map(([from, to]) => ({ from, to })) },
});

export const draftProbes: Probe<Draft>[] = [
  { id: "A29", look: lookAtDelay },
  added("A04", step({ signature: undefined, track_opens: undefined }), defaults),
  added("A05", step({}, { followup_after: { range: "MINUTE", value: 90 } }), either),
  added("A06", step({}, monday(["08:00", "09:00"], ["10:00", "11:00"], ["12:00", "13:00"])), (answer) =>
    judge(isDone(answer), `three: ${statusOf(answer)}`),
  ),
  added("A07", step({}, monday(["08:00", "24:00"])), refused),
  added("A10", step({ message: "<p>{{WEBSITE}}</p>" }), either),
  added("A42", step({ message: "<p>{{SNIPPET1}}</p>" }), whereWordsStand),
  added("A11", step({}, { verify_unknown_field: 1 }), either),
  settings("A08", { daily_enroll: 501 }),
  settings("A09", { timezone: "Africa/Algiers" }),
  settings("A60", { auto_pause_prospect_from_domain_statuses: ["REPLIED"] }),
  { id: "A12", look: lookAtLongName },
  { id: "A18", look: lookAtEdit },
  { id: "A20", look: lookAtVersionIds },
  { id: "A19", look: lookAtRelink },
  { id: "A28", look: lookAtCopy },
];

function defaults(answer: Seen, kept?: Loose): LookedAt {
  const [{ signature, track_opens } = {} as Loose] = versionsOf(kept);
  if (!isDone(answer)) return either(answer);
  const taken = signature === "SENDER" && track_opens === true;
  return agrees(taken ? "they mean SENDER and true" : "they mean something else");
}

function whereWordsStand(answer: Seen): LookedAt {
  if (isDone(answer)) return differs("accepted");
  const body = asObject(answer.body);
  const places = ["message", "detail", "details"].filter((place) =>
    /snippet|spintax/i.test(JSON.stringify(body[place] ?? "")),
  );
  return agrees(`the words stand in ${places.join(" and ") || "none of message, detail, details"}`);
}

async function lookAtDelay({ prober, id, pauses }: Draft): Promise<LookedAt> {
  for (const pause of pauses) {
    await sleep(pause);
    const list = await prober.read(questions.campaigns());
    if (asArray(list.body).some((row) => asNumber(asObject(row).id) === id))
      return agrees("it stands in the list");
  }
  return differs("not in the list after eleven seconds");
}

async function lookAtLongName({ keeper, id, name }: Draft): Promise<LookedAt> {
  const answer = await keeper.edit(requests.update(id, { name: name.padEnd(256, "x") }));
  if (isDone(answer)) await keeper.edit(requests.update(id, { name }));
  return ifAnswered(answer, either);
}

async function lookAtEdit(draft: Draft): Promise<LookedAt> {
  const { keeper, id } = draft;
  const [first] = await steps(draft);
  const change = { subject: "A draft, changed" };
  const answer = await keeper.edit(
    requests.updateVersion(id, idOf(first), idOf(versionsOf(first)[0]), change),
  );
  if (!isDone(answer)) return ifAnswered(answer, (seen) => differs(statusOf(seen)));
  const unknown = await keeper.edit(requests.deleteStep(id, "00000000-0000-0000-0000-000000000000"));
  const body = answer.body === undefined ? "no body" : "a body";
  return ifAnswered(unknown, (seen) =>
    judge(isRefused(seen), `version ${statusOf(answer)}, ${body}; unknown step ${statusOf(seen)}`),
  );
}

async function lookAtVersionIds(draft: Draft): Promise<LookedAt> {
  const { keeper, id } = draft;
  const [first] = await steps(draft);
  const before = idOf(versionsOf(first)[0]);
  const answer = await keeper.edit(requests.updateVersion(id, idOf(first), before, { subject: "A draft" }));
  if (!isDone(answer)) return unseen(statusOf(answer));
  const [same] = await steps(draft);
  return agrees(idOf(versionsOf(same)[0]) === before ? "they stay" : "they change");
}

async function lookAtRelink(draft: Draft): Promise<LookedAt> {
  const { keeper, id } = draft;
  const before = await steps(draft);
  const answer = await keeper.edit(requests.addStep(id, idOf(before.at(-1)), { ...step(), ...waiting }));
  const three = await steps(draft);
  if (!isDone(answer) || three.length !== 3) return unseen(`no third step: ${statusOf(answer)}`);
  const removed = await keeper.edit(requests.deleteStep(id, idOf(three[1])));
  if (!isDone(removed)) return unseen(statusOf(removed));
  const left = await steps(draft);
  return judge(
    !left.some((one) => idOf(one) === idOf(three[1])),
    left.length === 2 ? "the last step follows the first" : `${left.length} of 2 steps are left`,
  );
}

/** A second of the same name, as duplicating makes one. */
async function lookAtCopy({ keeper, name, mailbox }: Draft): Promise<LookedAt> {
  const copy = await keeper.make(name, mailbox);
  if (typeof copy === "number") return agrees("a second DRAFT of one name is accepted");
  return keeper.stopped() === undefined ? differs(copy) : unseen(copy);
}
