/** Adds or updates people, in parts that Woodpecker takes. In a running campaign they are written to, so a person is asked first. */
import { z } from "zod/v3";
import { enrolQuestion, isWrittenTo } from "../calls/enrol-question.ts";
import { operation } from "../calls/operation.ts";
import { isUnclear } from "../calls/readback.ts";
import { columns, givenPeople } from "../model/prospects.ts";
import { standsStill } from "../model/statuses.ts";
import { campaignId } from "../values/fields.ts";
import { asWritten } from "../values/lenient.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { readProspects } from "../woodpecker/prospects.ts";
import { reasonOf } from "../woodpecker/reason.ts";
import { type Import, requests } from "../woodpecker/requests.ts";
import { type SavedRow, savedRows, tellsRows } from "../woodpecker/saved-rows.ts";
import {
  campaignsOf,
  knownRows,
  type PreparedEnrolling,
  readEnrolling,
  stillAsAgreed,
} from "./support/enrolling.ts";
import { outcome } from "./support/outputs.ts";
import { givenListOf, oneList, unfoldPeople } from "./support/people-lists.ts";
import {
  foreseen,
  listLines,
  nobodySaved,
  ofList,
  shownRow,
  shownRows,
  warningsOf,
} from "./support/saved-people.ts";

/** People in one request: small enough that a failure in the middle leaves little to sort out. */
const CHUNK = 100;

export const saveProspects = operation({
  name: "save_prospects",
  title: "Save prospects",
  effect: "send",
  toolset: "prospects",
  description:
    "Add people to the Woodpecker account, or enrol them with campaign_id, as prospects or csv. Good rows are saved, bad ones listed. Enrolling into a RUNNING or COMPLETED campaign e-mails them: then a person must agree first, in a form, or with confirmation_required, whose facts you show. Who replied, bounced or opted out is refused.",
  look: "search_prospects shows who is there",
  input: {
    prospects: givenPeople.optional(),
    csv: asWritten(z.string()).optional().describe("A table as text, no path."),
    columns: columns.optional(),
    campaign_id: campaignId.optional(),
    update_existing: z.boolean().optional().describe("Change known people."),
    all_or_nothing: z.boolean().optional().describe("Save nobody if a row is bad."),
  },
  output: {
    outcome,
    added: z.number().optional().describe("New, or newly enrolled."),
    updated: z.number().optional().describe("Changed."),
    duplicates: z.number().optional().describe("Known, left as they are."),
    rejected: z.number().optional().describe("Refused, by Woodpecker or before it."),
    rows: z
      .array(shownRow)
      .optional()
      .describe(
        "Those not simply added: row (from 1, below the header of csv), email, result, code, reason.",
      ),
    rows_left_out: z.number().optional().describe("Rows not shown; they were updated, or are counted above."),
    cleaned: z
      .array(z.object({ row: z.number(), field: z.string(), before: z.string(), after: z.string() }))
      .optional()
      .describe("Values that were made clean."),
    columns: z.record(z.string()).optional().describe("Of csv: header to field."),
    warnings: z.array(z.string()).optional().describe("What to look at."),
    change_id: z.string().optional().describe("Names this import, for delete_prospects added_by."),
  },
  hints: { E_RECORD_NOT_FOUND: "list_campaigns shows the campaigns there are." },
  once: true,
  rules: oneList,
  same: ({ update_existing, all_or_nothing: _all, ...rest }) => ({
    ...rest,
    ...(update_existing && { update_existing }),
  }),
  unfold: unfoldPeople,
  prepare: (input, api) => readEnrolling(api, { ...input, prospects: input.prospects ?? [] }),
  foresee: (_input, enrolling) => foreseen(enrolling),
  question: (_input, enrolling) => enrolQuestion(enrolling),
  async run({ campaign_id, update_existing = false }, api, enrolling, { progress, imports, changeId }) {
    const { campaign, people } = enrolling;
    const saved: SavedRow[] = [];
    for (let at = 0; at < people.length; at += CHUNK) {
      const part: Import = {
        prospects: people.slice(at, at + CHUNK),
        campaignId: campaign_id,
        update: update_existing,
        sends: campaign !== undefined && !standsStill(campaign.status) && people.some(isWrittenTo),
        alsoIn: campaignsOf(enrolling),
      };
      try {
        if (at > 0 && campaign) await stillAsAgreed(api, campaign);
        const rows = await savePart(api, part);
        saved.push(...rows);
        const id = changeId();
        if (id !== undefined) await imports.add(id, broughtIn(rows, enrolling));
      } catch (error) {
        const reason = saved.length > 0 && !isUnclear(error) ? reasonOf(error) : undefined;
        if (!reason) throw error;
        throw new Refusal(
          `Save prospects: stopped after ${saved.length} of ${people.length} people (${reason}).`,
          "look with search_prospects who is there, then call again with the rest.",
          `The first ${saved.length} were handled.${sayTakeBack(changeId())}`,
        );
      }
      progress(saved.length, people.length, `${saved.length} of ${people.length} handled`);
    }
    if (saved.every((row) => row.result === "rejected")) throw nobodySaved(saved, enrolling);
    const done = savedOutput(saved, enrolling);
    return {
      ...done,
      warnings: warningsOf(enrolling, saved),
      ...(done.added > 0 && { change_id: changeId() }),
    };
  },
  async verify({ campaign_id, update_existing }, api, enrolling) {
    const { people } = enrolling;
    const found = await whoIsThere(api, people, campaign_id);
    if (update_existing || found.length < people.length) {
      return {
        seen: `Reading back finds ${found.length} of these ${people.length} people there; search_prospects shows who.`,
      };
    }
    return { output: { ...savedOutput([], enrolling), added: people.length } };
  },
  text({ added = 0, updated = 0, duplicates = 0, rejected = 0, change_id, ...shown }) {
    return [
      `Added ${added}, updated ${updated}, known already ${duplicates}, refused ${rejected}.`,
      ...listLines(shown),
      ...(change_id ? [`To take this import back: delete_prospects with added_by ${change_id}.`] : []),
    ].join("\n");
  },
});

function savedOutput(saved: readonly SavedRow[], enrolling: PreparedEnrolling) {
  const list = givenListOf(enrolling.people);
  const count = (result: string) => saved.filter((row) => row.result === result).length;
  return {
    outcome: "done" as const,
    added: count("added"),
    updated: count("updated"),
    duplicates: count("duplicate"),
    rejected: count("rejected") + list.left.filter(({ result }) => result === "rejected").length,
    ...shownRows(saved, enrolling),
    ...ofList(list),
  };
}

const sayTakeBack = (changeId: string | undefined) =>
  changeId === undefined ? "" : ` delete_prospects with added_by ${changeId} takes back whom it added.`;

/** Whom a part brought in. Who was known before stays in the account, whoever says so: the answer, or what was read before it. */
function broughtIn(rows: readonly SavedRow[], enrolling: PreparedEnrolling) {
  const rowOf = knownRows(enrolling.known);
  const added = rows.flatMap(({ email, result, id, wasKnown }) =>
    result === "added" && id !== undefined
      ? [{ id, wasKnown: wasKnown || rowOf({ email }) !== undefined }]
      : [],
  );
  const ids = (known: boolean) => added.filter(({ wasKnown }) => wasKnown === known).map(({ id }) => id);
  return { at: Date.now(), campaign: enrolling.campaign?.id, created: ids(false), enrolled: ids(true) };
}

/** A refusal comes as a 400 or inside a 200, with what became of each person in its rows: also of those who were added. */
async function savePart(api: Api, part: Import): Promise<SavedRow[]> {
  try {
    return savedRows(await api.send(requests.saveProspects(part)), part);
  } catch (error) {
    if (error instanceof ApiFailure && tellsRows(error.facts.body, part)) {
      return savedRows(error.facts.body, part);
    }
    throw error;
  }
}

/** After an unclear end: who is there? The newest come first, so that a few pages of the largest size show them all. */
async function whoIsThere(
  api: Api,
  people: readonly Loose[],
  campaignId: number | undefined,
): Promise<string[]> {
  const wanted = new Set(people.map(({ email }) => String(email).toLowerCase()));
  const found = new Set<string>();
  for (let page = 1; page <= 3 && found.size < wanted.size; page += 1) {
    const { rows } = await readProspects(api, { page, size: 1_000, sort: "-id", campaignId });
    for (const { email } of rows) if (wanted.has(email.toLowerCase())) found.add(email.toLowerCase());
    if (rows.length < 1_000) break;
  }
  return [...found];
}
