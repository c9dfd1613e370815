/**
 * What each write changed, with the values before and after, for thirty days: settings and texts of campaigns, and nothing of
 * people. The journal keeps ids and names of fields; the values lie here, under the id of the change.
 */
import { asArray, asNumber, asObject, asString } from "../values/loose.ts";
import { forgetOld, keptUntil, type StateFolder } from "./state-folder.ts";

export interface KeptEdit {
  /** As people say it: "settings.daily_enroll", "step 2 version B message". */
  what: string;
  field: string;
  /** Ids, since numbers move when a step is deleted. */
  step?: string | undefined;
  version?: string | undefined;
  /** Of the version, whose id may change with its texts. */
  letter?: string | undefined;
  /** null where there was none. */
  before: unknown;
  after: unknown;
  /** What was before could not be read. */
  unread?: true;
  /** What was before cannot be set: the first e-mail needs a subject. */
  needed?: true;
}

export interface Kept {
  campaign?: { id: number; name?: string | undefined } | undefined;
  edits: readonly KeptEdit[];
  /** Of a pause of all: what was running. */
  campaigns?: readonly { campaign_id: number; name: string }[] | undefined;
}

export interface Changes {
  /** Never fails. @returns false where it is known only as long as this process runs */
  keep(changeId: string, kept: Kept): Promise<boolean>;
  find(changeIds: readonly string[]): Promise<Map<string, Kept>>;
}

export const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_CHARACTERS = 8_000_000;

/** For as long as this process runs, the newest of them. */
export function createChanges(): Changes {
  const texts = new Map<string, string>();
  let characters = 0;
  return {
    async keep(changeId, kept) {
      const text = JSON.stringify(kept);
      texts.set(changeId, text);
      characters += text.length;
      for (const [oldest, { length }] of texts) {
        if (characters <= MAX_CHARACTERS || oldest === changeId) break;
        texts.delete(oldest);
        characters -= length;
      }
      return true;
    },
    find: async (changeIds) => foundIn(changeIds, (id) => texts.get(id)),
  };
}

/** In the state folder, a file for each; what cannot be written there is known to this process alone. */
export function keepChanges(folder: StateFolder, tenant: string, now: () => number = Date.now): Changes {
  const here = createChanges();
  const place = `changes-${tenant.slice(0, 16).replace(/\W/g, "_")}`;

  return {
    async keep(changeId, kept) {
      try {
        forgetOld(folder, place, now());
        const name = `${(now() + KEPT_MS).toString(36)}.${changeId}`;
        folder.create(`${place}/${name}`, JSON.stringify(kept));
        return true;
      } catch {
        await here.keep(changeId, kept);
        return false;
      }
    },
    async find(changeIds) {
      const names = new Map(folder.list(place).map((name) => [name.split(".")[1] ?? "", name]));
      const found = foundIn(changeIds, (id) => {
        const name = names.get(id);
        if (name === undefined || keptUntil(name) < now()) return undefined;
        return folder.read(`${place}/${name}`)?.toString();
      });
      for (const [id, kept] of await here.find(changeIds)) found.set(id, kept);
      return found;
    },
  };
}

export function foundIn(
  changeIds: readonly string[],
  textOf: (id: string) => string | null | undefined,
): Map<string, Kept> {
  return new Map(
    changeIds.flatMap((id) => {
      const kept = keptFrom(textOf(id));
      return kept ? [[id, kept] as const] : [];
    }),
  );
}

function keptFrom(text: string | null | undefined): Kept | undefined {
  try {
    const { campaign, edits, campaigns } = asObject(JSON.parse(text ?? ""));
    const { id, name } = asObject(campaign);
    return {
      ...(asNumber(id) !== undefined && { campaign: { id: id as number, name: asString(name) } }),
      edits: asArray(edits).map(asObject) as unknown as KeptEdit[],
      ...(campaigns !== undefined && { campaigns: asArray(campaigns) as NonNullable<Kept["campaigns"]> }),
    };
  } catch {
    return undefined;
  }
}
