/** Looks that only read. */
import { asArray, asNumber, asObject, isObject, type Loose } from "../../values/loose.ts";
import {
  isDone,
  isRefused,
  type Prober,
  type Question,
  questions,
  type Seen,
} from "../../woodpecker/probing.ts";
import { agrees, differs, judge, type LookedAt, type Probe, statusOf, unseen } from "./probe.ts";

/** An address that is nobody's: the top-level domain is reserved. */
const NOBODY = "nobody.at.all@verify.invalid";

const isNone = ({ status, body }: Seen) =>
  status === 204 ||
  (status === 200 &&
    (body === undefined || (Array.isArray(body) ? body.length === 0 : "message" in asObject(body))));

const rowsOf = (seen: Seen): Loose[] => asArray(seen.body).filter(isObject);
const isAnswered = (seen: Seen) => isDone(seen) || isRefused(seen);
const kindOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

/** A look at one answer. @param counts whether it is one; else nothing was seen */
const reading = (
  id: string,
  question: Question,
  judged: (seen: Seen, prober: Prober) => LookedAt | Promise<LookedAt>,
  counts: (seen: Seen) => boolean = isDone,
): Probe => ({
  id,
  async look(prober) {
    const seen = await prober.read(question);
    return counts(seen) ? judged(seen, prober) : unseen(statusOf(seen));
  },
});

/** Longer than this, and the page does not come within a call. */
const LIMIT_MS = 45_000;

export const reads: Probe[] = [
  reading(
    "A14",
    questions.me,
    (seen) => judge(isDone(seen), `${statusOf(seen)}, ${kindOf(seen.body)}`),
    (seen) => isDone(seen) || seen.status === 404,
  ),
  reading("A32", questions.campaigns(), (seen) => {
    const good = rowsOf(seen).filter(
      ({ id, status }) => asNumber(id) !== undefined && typeof status === "string",
    );
    if (isNone(seen)) return agrees("no campaign");
    return judge(
      good.length > 0 && good.length === asArray(seen.body).length,
      `${good.length} of ${asArray(seen.body).length} rows have an id and a status, in ${seen.ms} ms`,
    );
  }),
  reading("A33", questions.campaignsV2, (seen) => judge(seen.status === 405, statusOf(seen)), isAnswered),
  reading("A34", questions.campaigns(), async (list, prober) => {
    const [first] = rowsOf(list);
    if (typeof first?.id !== "number") return unseen("there is no campaign");
    const [row] = rowsOf(await prober.read(questions.campaigns({ id: String(first.id) })));
    const { stats } = row ?? {};
    return judge(isObject(stats) && typeof stats.sent === "number", isObject(stats) ? "stats" : "no stats");
  }),
  reading("A35", questions.mailboxes, (seen) => {
    const rows = rowsOf(seen);
    if (rows.length === 0) return judge(Array.isArray(seen.body), "no mailbox");
    const whole = rows.filter(({ id, details }) => typeof id === "number" && isObject(details)).length;
    return judge(whole === rows.length, `${whole} of ${rows.length} have an id and details`);
  }),
  reading(
    "A36",
    questions.prospects({ search: `email=${NOBODY}` }),
    (seen) =>
      judge(isNone(seen), `${statusOf(seen)}, ${seen.body === undefined ? "no body" : kindOf(seen.body)}`),
    isAnswered,
  ),
  reading("A37", questions.prospects({ per_page: "1" }), (seen) => {
    if (isNone(seen)) return unseen("there is nobody");
    const total = seen.headers["x-total-count"];
    return judge(/^\d+$/.test(total ?? ""), total ? "with X-Total-Count" : "without X-Total-Count");
  }),
  reading("A38", questions.prospects({ per_page: "50" }), (seen) => {
    const dates = rowsOf(seen).flatMap((row) => [
      row.last_contacted,
      row.last_replied ?? row["last replied"],
    ]);
    if (dates.length === 0) return unseen("there is nobody");
    const kinds = new Set(dates.map((date) => (date === "" ? "empty text" : kindOf(date))));
    return judge(![...kinds].some((kind) => kind === "object" || kind === "list"), [...kinds].join(", "));
  }),
  reading("A39", questions.prospects({ per_page: "1" }), async (list, prober) => {
    const [first] = rowsOf(list);
    if (typeof first?.id !== "number") return unseen("there is nobody");
    const id = String(first.id);
    const alone = await prober.read(questions.prospects({ id }));
    const limited = await prober.read(questions.prospects({ id, per_page: "1" }));
    return judge(rowsOf(alone).length === 1, `alone ${statusOf(alone)}, with per_page ${statusOf(limited)}`);
  }),
  { id: "A21", look: lookAtBoth },
  reading("A40", questions.prospects({ per_page: "500" }), (seen) =>
    judge(seen.ms < LIMIT_MS, `${rowsOf(seen).length} people in ${seen.ms} ms`),
  ),
  reading("A41", questions.inbox, (seen) => {
    const [row] = asArray(asObject(seen.body).content).map(asObject);
    if (!row) return judge(isObject(seen.body), "no message");
    const form = ["campaigns", "campaign"].filter((name) => name in row).join(" and ");
    return judge(form !== "", `${form || "no campaign"}; stamp is ${kindOf(row.stamp)}`);
  }),
  reading("A24", questions.companies, (seen) => {
    const rows = asArray(asObject(seen.body).content).map(asObject);
    if (rows.length === 0) return unseen("no company");
    return judge(
      rows.every(({ id }) => typeof id === "number"),
      ["id", "name", "active"].filter((name) => name in (rows[0] ?? {})).join(", "),
    );
  }),
  reading(
    "A31",
    questions.companies,
    (seen) => (isDone(seen) ? unseen("this key is an agency's") : agrees(statusOf(seen))),
    isAnswered,
  ),
];

/** Somebody who is known and opened nothing: found all the same where `activity` is ignored. */
async function lookAtBoth(prober: Prober): Promise<LookedAt> {
  const many = { per_page: "100" };
  const opened = await prober.read(questions.prospects({ activity: "OPENED", ...many }));
  const all = await prober.read(questions.prospects(many));
  if (!isDone(opened) || !isDone(all)) return unseen(statusOf(isDone(opened) ? all : opened));
  const ids = new Set(rowsOf(opened).map(({ id }) => id));
  const other = rowsOf(all).find(({ id, email }) => !ids.has(id) && typeof email === "string");
  if (ids.size === 0 || ids.size === 100 || !other) return unseen("nobody to tell it by");
  const search = `email=${other.email}`;
  const both = await prober.read(questions.prospects({ activity: "OPENED", search, per_page: "2" }));
  if (!isDone(both)) return isRefused(both) ? agrees(`refused: ${statusOf(both)}`) : unseen(statusOf(both));
  // Refusing it locally is right as long as one of the two is not heeded.
  return isNone(both) ? differs("both are heeded") : agrees("one of them is ignored");
}
