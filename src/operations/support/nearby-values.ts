/** Nobody was found: which values there are near the one that was asked for, and which condition alone finds somebody. */
import { distance } from "fastest-levenshtein";
import { quoted } from "../../values/foreign.ts";
import type { Api } from "../../woodpecker/client.ts";
import { readProspects } from "../../woodpecker/prospects.ts";

/** Each costs a request. */
const MAX_FIELDS = 3;
const SAMPLE = 1_000;
const MAX_VALUES = 5;

/** @returns sentences; none where nothing is near, or it could not be read */
export async function nearby(api: Api, wanted: Record<string, string[]>): Promise<string[]> {
  const sentences: string[] = [];
  for (const [field, [value = ""]] of Object.entries(wanted).slice(0, MAX_FIELDS)) {
    const near = await valuesNear(api, field, value).catch(() => []);
    if (near.length > 0)
      sentences.push(
        `Near ${field} ${quoted(value)}: ${near.map(([text, count]) => `${quoted(text)} ${count}`).join(", ")}.`,
      );
  }
  return sentences;
}

/** Woodpecker finds parts, so whoever has its first letter anywhere in the value is looked at. */
async function valuesNear(api: Api, field: string, value: string): Promise<[string, number][]> {
  const [first = ""] = value.trim();
  const { rows } = await readProspects(api, { page: 1, size: SAMPLE, search: { [field]: [first] } });
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = String(row[field] ?? "").trim();
    if (text) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .filter(([text]) => likeness(text, value) > 0)
    .sort((a, b) => likeness(b[0], value) - likeness(a[0], value) || b[1] - a[1])
    .slice(0, MAX_VALUES);
}

/** From 0, nothing alike, to 3, the same but for case; initials count, so that UK finds United Kingdom. */
function likeness(text: string, wanted: string): number {
  const [a, b] = [plain(text), plain(wanted)];
  if (a === b) return 3;
  const short = b.replace(/[^\p{L}\p{N}]/gu, "");
  const initials = a
    .replace(/\b(?:of|the|and)\b/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word[0] ?? "")
    .join("");
  if (short.length >= 2 && (initials === short || initials.startsWith(short))) return 2;
  if (a.includes(b) || b.includes(a)) return 2;
  const far = distance(a, b) / Math.max(a.length, b.length);
  return far <= 0.4 ? 1 - far : 0;
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
