/** The people of a large campaign beyond the first page, for the check: as many as the time of a call allows. */
import type { Api } from "../woodpecker/client.ts";
import { type EnrolledRow, readEnrolled } from "../woodpecker/prospects.ts";
import { type Dossier, known } from "./dossier.ts";
import { PAGE } from "./read.ts";

/** Most clients wait a minute for an answer. */
const MOST_TIME = 25_000;
const MOST_PAGES = 50;

type Progress = (done: number, total: number | undefined, message: string) => void;

/** What cannot be read, or not in time, is left out; `total` tells how many there are. */
export async function withEveryone(api: Api, dossier: Dossier, progress: Progress): Promise<Dossier> {
  const first = known(dossier.parts.prospects);
  if (!first || dossier.id === undefined || first.rows.length >= first.total) return dossier;
  const rows = new Map<number, EnrolledRow>(first.rows.map((row) => [row.id, row]));
  const end = Date.now() + MOST_TIME;
  for (let page = 2; page <= MOST_PAGES && Date.now() < end && rows.size < first.total; page++) {
    progress(rows.size, first.total, `looked at ${rows.size} of ${first.total} prospects`);
    const before = rows.size;
    try {
      for (const row of (await readEnrolled(api, dossier.id, PAGE, page)).rows) rows.set(row.id, row);
    } catch {
      break;
    }
    if (rows.size === before) break;
  }
  const total = Math.max(first.total, rows.size);
  return {
    ...dossier,
    parts: { ...dossier.parts, prospects: { value: { total, rows: [...rows.values()] } } },
  };
}
