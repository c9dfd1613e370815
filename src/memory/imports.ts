/**
 * Whom each import brought in, by ids alone, for thirty days: so that one import can be taken back. Parts are added as they are
 * answered; whoever is in none of them, because nobody knows how it ended, stays where they are.
 */
import { asArray, asNumber, asNumbers, asObject } from "../values/loose.ts";
import { KEPT_MS } from "./changes.ts";
import { forgetOld, type StateFolder } from "./state-folder.ts";

interface ImportPart {
  /** ms since 1970 */
  at: number;
  /** Where they were enrolled. */
  campaign?: number | undefined;
  /** People that the import made. */
  created: number[];
  /** People who were known and came into the campaign only. */
  enrolled: number[];
}

export interface Imports {
  /** Never fails: what was saved is saved. */
  add(changeId: string, part: ImportPart): Promise<void>;
  find(changeId: string): Promise<ImportPart | undefined>;
}

const MAX_KEPT = 1_000;

export function createImports(now: () => number = Date.now): Imports {
  const kept = new Map<string, ImportPart[]>();
  return {
    async add(changeId, part) {
      kept.set(changeId, [...(kept.get(changeId) ?? []), part]);
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break;
        kept.delete(oldest);
      }
    },
    find: async (changeId) => united(kept.get(changeId) ?? [], now()),
  };
}

/** In the state folder, a file for each part; where it cannot be written, for as long as this process lives. */
export function keepImports(folder: StateFolder, tenant: string, now: () => number = Date.now): Imports {
  const here = createImports(now);
  const place = `imports-${tenant.slice(0, 16).replace(/\W/g, "_")}`;
  let parts = 0;

  return {
    async add(changeId, part) {
      await here.add(changeId, part);
      try {
        forgetOld(folder, place, now());
        parts += 1;
        const name = `${(part.at + KEPT_MS).toString(36)}.${changeId}.${process.pid}-${parts}`;
        folder.create(`${place}/${name}`, JSON.stringify(part));
      } catch {
        // It is known here.
      }
    },
    async find(changeId) {
      const names = folder.list(place).filter((name) => name.split(".")[1] === changeId);
      const found = names.flatMap((name) => partFrom(String(folder.read(`${place}/${name}`))));
      return (await here.find(changeId)) ?? united(found, now());
    },
  };
}

export function partFrom(text: string): ImportPart[] {
  try {
    const { at, campaign, created, enrolled } = asObject(JSON.parse(text));
    const ids = [created, enrolled].map((list) => asNumbers(asArray(list)));
    return [
      { at: asNumber(at) ?? 0, campaign: asNumber(campaign), created: ids[0] ?? [], enrolled: ids[1] ?? [] },
    ];
  } catch {
    return [];
  }
}

export function united(parts: readonly ImportPart[], now: number): ImportPart | undefined {
  const fresh = parts.filter(({ at }) => at + KEPT_MS >= now);
  const [first] = fresh;
  if (!first) return undefined;
  return {
    at: Math.min(...fresh.map(({ at }) => at)),
    campaign: first.campaign,
    created: [...new Set(fresh.flatMap(({ created }) => created))],
    enrolled: [...new Set(fresh.flatMap(({ enrolled }) => enrolled))],
  };
}
