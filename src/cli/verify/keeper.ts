/**
 * The drafts of one run of verify, from being made to being gone. A campaign counts as ours when it was not there before
 * and the account shows it as a DRAFT under our name; nothing else is ever written to.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { asArray, asNumber, asObject, asString, isObject, type Loose } from "../../values/loose.ts";
import { isDone, isRefused, type Prober, questions, type Seen } from "../../woodpecker/probing.ts";
import { requests, type WriteRequest } from "../../woodpecker/requests.ts";
import { draftBody } from "./draft-body.ts";
import { statusOf } from "./probe.ts";

export interface Keeper {
  /** @returns its id, or why there is none */
  make(name: string, mailbox: number): Promise<number | string>;
  /** Asked for only while the campaign is shown as our DRAFT. */
  edit(request: WriteRequest): Promise<Seen>;
  /** Why nothing more may be written. */
  stopped(): string | undefined;
  /** @returns what may be left, one line each */
  clean(): Promise<string[]>;
}

/** How long an account may take to show what was made or deleted. */
export const usualPauses: readonly number[] = [0, 1_000, 3_000, 7_000];

/** Whatever form "none" has; nothing where the list cannot be relied on. */
export function rowsOf(seen: Seen): Loose[] | undefined {
  const { body } = seen;
  if (!isDone(seen) || (seen.trouble !== undefined && seen.status !== 204)) return undefined;
  if (body === undefined) return seen.status === 204 ? [] : undefined;
  if (!Array.isArray(body)) return asString(asObject(body).message) === undefined ? undefined : [];
  return body.every((row) => isObject(row) && asNumber(row.id) !== undefined) ? body : undefined;
}

export function createKeeper(prober: Prober, signal: AbortSignal, pauses = usualPauses): Keeper {
  const own = new Map<number, string>();
  /** Names under which something may have been made without our knowing its id. */
  const open = new Set<string>();
  const strange = new Map<number, string>();
  const ever = new Set<number>();
  let before: Set<number> | undefined;
  let why: string | undefined;

  /** Why this is not a draft of this name; "gone" where there is no such campaign. */
  async function faultOf(id: number, name: string): Promise<string | undefined> {
    const seen = await prober.read(questions.campaign(id));
    const { status, id: same, name: shown } = asObject(seen.body);
    if (seen.status === 404 || (isDone(seen) && status === "DELETED")) return "gone";
    if (!isDone(seen)) return `it cannot be looked at (${statusOf(seen)})`;
    if (asNumber(same) !== id || !asString(shown)?.startsWith(name)) return "it is shown as another campaign";
    return status === "DRAFT" ? undefined : "it is not shown as a DRAFT";
  }

  async function settled(id: number, name: string): Promise<string | undefined> {
    let fault: string | undefined = "gone";
    for (const pause of pauses) {
      await sleep(pause);
      fault = await faultOf(id, name);
      if (fault !== "gone") break;
    }
    return fault;
  }

  async function make(name: string, mailbox: number): Promise<number | string> {
    if (before === undefined) {
      const rows = rowsOf(await prober.read(questions.campaigns()));
      if (!rows) return "no draft was made, since the list of campaigns cannot be read";
      before = new Set(rows.map(({ id }) => asNumber(id) as number));
    }
    if (signal.aborted) return "stopped";
    open.add(name);
    const made = await prober.write(requests.create(draftBody(name, mailbox)));
    if (isRefused(made) || (made.status === undefined && made.trouble === "LIMIT")) open.delete(name);
    if (!isDone(made)) return `the draft was not made: ${statusOf(made)}`;
    const id = asNumber(asObject(made.body).id);
    if (id === undefined || before.has(id) || own.has(id))
      return stop(
        id === undefined ? "the new draft has no id" : "the new draft has the id of another campaign",
      );
    const fault = await settled(id, name);
    if (fault !== undefined) {
      strange.set(id, fault);
      return stop(fault === "gone" ? "the new draft is not to be found" : `the new draft: ${fault}`);
    }
    own.set(id, name);
    ever.add(id);
    open.delete(name);
    return id;
  }

  function stop(reason: string): string {
    why ??= reason;
    return reason;
  }

  return {
    make,
    stopped: () => why ?? (signal.aborted ? "stopped" : undefined),
    async edit(request) {
      const { campaign = 0, kind, method, path } = request;
      const name = own.get(campaign);
      if (kind !== "edit" || name === undefined) throw new Error("never asked: not a draft of ours");
      const none = { status: undefined, headers: {}, body: undefined, ms: 0 };
      const notAsked = (trouble: string): Seen => ({ ...none, question: { method, path }, trouble });
      if (why !== undefined || signal.aborted) return notAsked(why ?? "stopped");
      const fault = await faultOf(campaign, name);
      if (fault !== undefined) return notAsked(stop(fault === "gone" ? "the draft is gone" : fault));
      return prober.write(request);
    },
    async clean() {
      const left = new Map<number, string>();
      for (const pause of pauses) {
        await sleep(pause);
        if (open.size > 0) await find();
        left.clear();
        for (const [id, name] of own) {
          const fault = await remove(id, name);
          if (fault === undefined) own.delete(id);
          else left.set(id, fault);
        }
        if (own.size === 0 && open.size === 0) break;
      }
      for (const id of await listed()) if (!left.has(id)) left.set(id, "it still stands in the list");
      return [
        ...[...left].map(([id, fault]) => `campaign ${id}: ${fault}`),
        ...[...strange].map(([id, fault]) => `campaign ${id}, named in the answer to the draft: ${fault}`),
        ...[...open].map((name) => `perhaps a draft "${name}": whether it was made is not known`),
      ];
    },
  };

  /** What was made without an answer that can be used shows in the list. */
  async function find(): Promise<void> {
    const rows = rowsOf(await prober.read(questions.campaigns()));
    for (const { id, name } of rows ?? []) {
      const found = asNumber(id) as number;
      if (typeof name !== "string" || !open.has(name) || before?.has(found) !== false) continue;
      own.set(found, name);
      ever.add(found);
      open.delete(name);
      strange.delete(found);
    }
  }

  /** Ours that the list still shows: a single 404 may have been a hiccup. */
  async function listed(): Promise<number[]> {
    if (ever.size === 0) return [];
    const rows = rowsOf(await prober.read(questions.campaigns())) ?? [];
    return rows
      .filter(({ status }) => status !== "DELETED")
      .map(({ id }) => asNumber(id) as number)
      .filter((id) => ever.has(id));
  }

  /** @returns why it is still there */
  async function remove(id: number, name: string): Promise<string | undefined> {
    const fault = await faultOf(id, name);
    if (fault !== undefined) return fault === "gone" ? undefined : fault;
    const removed = await prober.write(requests.delete(id));
    const after = await faultOf(id, name);
    return after === "gone" ? undefined : `asked to delete it: ${statusOf(removed)}, and it is still there`;
  }
}

/** The steps of a campaign from first to last. */
export async function shownSteps(prober: Prober, id: number): Promise<Loose[]> {
  const found: Loose[] = [];
  const { body } = await prober.read(questions.campaign(id));
  let node: unknown = asObject(asObject(body).steps).followup;
  for (; isObject(node) && found.length < 50; node = node.followup) found.push(node);
  return found;
}

/** The first mailbox that sends and that the operator allows. */
export async function mailboxFor(prober: Prober, allowed?: readonly number[]): Promise<number | undefined> {
  const boxes = await prober.read(questions.mailboxes);
  const ids = asArray(boxes.body)
    .map(asObject)
    .filter(({ type }) => type === "SMTP")
    .map(({ id }) => asNumber(id));
  return ids.find((id) => id !== undefined && (allowed === undefined || allowed.includes(id)));
}
