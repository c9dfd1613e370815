/** Adds or updates people, in parts that Woodpecker takes. In a running campaign they are written to, so a person is asked first. */
import { z } from "zod/v3";
import { enrolQuestion } from "../calls/enrol-question.ts";
import { operation } from "../calls/operation.ts";
import { isUnclear } from "../calls/readback.ts";
import { prospects } from "../model/prospects.ts";
import { needsValue, snippetFields, tagsIn } from "../model/snippets.ts";
import { standsStill } from "../model/statuses.ts";
import type { Dossier } from "../preflight/dossier.ts";
import { campaignId } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import type { Loose } from "../values/loose.ts";
import { Refusal } from "../values/refusal.ts";
import type { Api } from "../woodpecker/client.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { reasonOf } from "../woodpecker/meanings.ts";
import { readProspects, type SavedRow, savedRows, tellsRows } from "../woodpecker/prospects.ts";
import { type Import, requests } from "../woodpecker/requests.ts";
import { campaignsOf, readEnrolling, stillAsAgreed } from "./support/enrolling.ts";
import { outcome } from "./support/outputs.ts";

/** People in one request: small enough that a failure in the middle leaves little to sort out. */
const CHUNK = 100;

const MAX_ROWS_SIZE = 30_000;

export const saveProspects = operation({
  name: "save_prospects",
  title: "Save prospects",
  effect: "send",
  toolset: "prospects",
  description:
    "Add people to the Woodpecker account or enrol them in a campaign (campaign_id); with update_existing, change known ones. Enrolling into a RUNNING or COMPLETED campaign e-mails them: then a person must agree first, in a form, or you show them the facts of confirmation_required and call again with its token. People who replied, bounced or opted out are refused.",
  look: "search_prospects shows who is there",
  input: {
    prospects,
    campaign_id: campaignId.optional(),
    update_existing: z.boolean().optional().describe("Change people who are known; fields left out stay."),
  },
  output: {
    outcome,
    added: z.number().optional().describe("New, or newly enrolled."),
    updated: z.number().optional().describe("Changed."),
    duplicates: z.number().optional().describe("Known, left as they are."),
    rejected: z.number().optional().describe("Refused."),
    rows: z
      .array(
        z.object({
          email: z.string(),
          result: z.string(),
          code: z.string().optional(),
          reason: z.string().optional(),
        }),
      )
      .optional()
      .describe("Each person: email, result, code, reason."),
    rows_left_out: z
      .number()
      .optional()
      .describe("Rows not shown; all were added or updated, or are counted above."),
    warnings: z.array(z.string()).optional().describe("What to look at."),
  },
  hints: { E_RECORD_NOT_FOUND: "list_campaigns shows the campaigns there are." },
  once: true,
  same: ({ update_existing, ...rest }) => ({ ...rest, ...(update_existing && { update_existing }) }),
  prepare: (input, api) => readEnrolling(api, input),
  question: (_input, enrolling) => enrolQuestion(enrolling),
  async run({ prospects: people, campaign_id, update_existing = false }, api, enrolling, { progress }) {
    const { campaign } = enrolling;
    const rows: SavedRow[] = [];
    for (let at = 0; at < people.length; at += CHUNK) {
      const part: Import = {
        prospects: people.slice(at, at + CHUNK) as Loose[],
        campaignId: campaign_id,
        update: update_existing,
        sends: campaign !== undefined && !standsStill(campaign.status),
        alsoIn: campaignsOf(enrolling),
      };
      try {
        if (at > 0 && campaign) await stillAsAgreed(api, campaign);
        rows.push(...(await savePart(api, part)));
      } catch (error) {
        const reason = rows.length > 0 && !isUnclear(error) ? reasonOf(error) : undefined;
        if (!reason) throw error;
        throw new Refusal(
          `Save prospects: stopped after ${rows.length} of ${people.length} people (${reason}).`,
          "look with search_prospects who is there, then call again with the rest.",
          `The first ${rows.length} were handled.`,
        );
      }
      progress(rows.length, people.length, `${rows.length} of ${people.length} handled`);
    }
    if (rows.every((row) => row.result === "rejected")) throw nobodySaved(rows);
    const count = (result: SavedRow["result"]) => rows.filter((row) => row.result === result).length;
    return {
      outcome: "done" as const,
      added: count("added"),
      updated: count("updated"),
      duplicates: count("duplicate"),
      rejected: count("rejected"),
      ...shownRows(rows),
      warnings: [
        ...unmentioned(rows),
        ...(campaign ? missingValues(campaign, people as Loose[], update_existing) : []),
      ],
    };
  },
  async verify({ prospects: people, campaign_id, update_existing }, api) {
    const found = await whoIsThere(api, people as Loose[], campaign_id);
    if (update_existing || found.length < people.length) {
      return {
        seen: `Reading back finds ${found.length} of these ${people.length} people there; search_prospects shows who.`,
      };
    }
    const rows = people.map(({ email }) => ({ email, result: "added" }));
    return {
      output: { outcome: "done" as const, added: rows.length, updated: 0, duplicates: 0, rejected: 0, rows },
    };
  },
  text({ added = 0, updated = 0, duplicates = 0, rejected = 0, rows = [], warnings = [] }) {
    const refused = rows
      .filter((row) => row.result === "rejected")
      .slice(0, 20)
      .map(
        ({ email, code, reason }) =>
          `- ${email}: ${code ?? "refused"}${reason ? ` ${quoted(reason, 200)}` : ""}`,
      );
    return [
      `Added ${added}, updated ${updated}, known already ${duplicates}, refused ${rejected}.`,
      ...refused,
      ...warnings.map((warning) => `- ${warning}`),
    ].join("\n");
  },
});

/** Five hundred people do not fit into an answer: then those that need attention are shown, and the others counted. */
function shownRows(rows: readonly SavedRow[]): { rows: SavedRow[]; rows_left_out?: number } {
  if (JSON.stringify(rows).length <= MAX_ROWS_SIZE) return { rows: [...rows] };
  const telling = rows.filter((row) => row.result !== "added" && row.result !== "updated").slice(0, 100);
  return { rows: telling, rows_left_out: rows.length - telling.length };
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

function nobodySaved(rows: SavedRow[]): Refusal {
  const shown = rows
    .slice(0, 10)
    .map(
      ({ email, code, reason }) => `${email}: ${code ?? "refused"}${reason ? ` ${quoted(reason, 100)}` : ""}`,
    );
  const more = rows.length > shown.length ? `; and ${rows.length - shown.length} more` : "";
  return new Refusal(
    `Save prospects: Woodpecker refused all ${rows.length} people (${shown.join("; ")}${more}).`,
    "leave out whoever replied, bounced or opted out, and correct what is malformed.",
  );
}

function unmentioned(rows: readonly SavedRow[]): string[] {
  const count = rows.filter((row) => row.result === "unknown").length;
  return count > 0
    ? [
        `Woodpecker's answer does not mention ${count} of these people; search_prospects shows whether they are there.`,
      ]
    : [];
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
    const { rows } = await readProspects(api, {
      campaignId,
      newestFirst: true,
      page,
      size: 1_000,
    });
    for (const { email } of rows) if (wanted.has(email.toLowerCase())) found.add(email.toLowerCase());
    if (rows.length < 1_000) break;
  }
  return [...found];
}

/** Values that the campaign's texts use without a fallback and that these people do not bring. */
function missingValues({ steps }: Pick<Dossier, "steps">, people: Loose[], update: boolean): string[] {
  const texts = steps.flatMap(({ versions }) =>
    versions.flatMap(({ subject = "", message }) => [subject, message]),
  );
  const bare = texts
    .flatMap(tagsIn)
    .filter(needsValue)
    .map(({ name }) => name);
  return [...new Set(bare)].flatMap((name) => {
    const field = snippetFields[name] as string;
    const without = people.filter((person) => !person[field]).length;
    if (without === 0) return [];
    const stale = update && field.startsWith("snippet") ? " or keep an older value" : "";
    return `${without} of ${people.length} bring no ${field}, which {{${name}}} needs: they are set aside${stale}.`;
  });
}
