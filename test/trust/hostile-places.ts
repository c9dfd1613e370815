import type { SandboxOptions } from "../../src/sandbox/index.ts";
import type { Elicit } from "../support/answer.ts";
import { draft } from "../support/draft.ts";
import type { Gate, Passing } from "../support/gate.ts";
import { openSandbox } from "../support/sandbox.ts";
import { type Environment, openSession } from "../support/session.ts";
import { hostileTexts, ourWords } from "./hostile-texts.ts";

/** The first tool of a place, and the first form of an error, get every text; the others one of each kind of harm. */
export const every = Object.entries(hostileTexts);

export const worst = every.filter(([how]) =>
  [
    "line separators",
    "tag characters",
    "ten thousand characters",
    "HTML",
    "the rest of our own answer",
  ].includes(how),
);

/** What a list of people shows where it is asked for. */
const further = ["company", "title", "tags", "city", "industry", "snippet1", "website", "phone"];

/** Somewhere in Woodpecker's answers, and the tools that show what stands there. */
export interface Place {
  place: string;
  /** Of the requests whose answers hold it. */
  url: RegExp;
  /** Fields that get the text, at any depth. */
  fields: string[];
  tools: [string, object][];
  env?: Environment;
  sandbox?: SandboxOptions;
  /** The check finds other things in other texts: then every line has to be of one of our forms. */
  judged?: true;
}

export const one = (campaign_id: number, more: object = {}) => ({ campaign_id, ...more });

export const anna = [{ email: "anna@example.com" }];

const addOne = { type: "EMAIL", versions: [{ message: "<p>One more</p>" }] };

export const places: Place[] = [
  {
    place: "the name of a campaign",
    url: /campaign_list|\/v2\/campaigns(\/\d+)?$/,
    fields: ["name", "folder_name"],
    tools: [
      ["list_campaigns", {}],
      ["get_campaign", one(2102)],
      ["get_campaign", one(2102, { include: "content" })],
      ["get_campaign", one(2103)],
      ["create_campaign", draft],
      ["run_campaign", one(2102)],
      ["run_campaign", one(2105)],
      ["run_campaign", one(2101)],
      ["pause_campaign", one(2101)],
      ["pause_campaign", one(2102)],
      ["stop_campaign", one(2101)],
      ["make_campaign_editable", one(2101)],
      ["pause_all_campaigns", {}],
      ["delete_campaign", one(2104)],
      ["update_campaign", one(2101, { name: "Another" })],
      ["update_campaign", one(2104, { name: "Another" })],
      ["add_campaign_step", one(2104, { step: addOne })],
      ["update_step_version", one(2101, { step: 1, version: "A", subject: "Other" })],
      ["delete_campaign_step", one(2104, { step: 2 })],
      ["duplicate_campaign", one(2104)],
      ["check_campaign", one(2102)],
      ["check_campaign", { draft }],
      ["preview_campaign", one(2102)],
      ["get_campaign_statistics", one(2102)],
      ["save_prospects", one(2101, { prospects: anna })],
      ["delete_prospects", one(2104, { prospect_ids: [90_037], scope: "campaign" })],
    ],
  },
  {
    place: "the address of a sender in the list of campaigns",
    url: /campaign_list/,
    fields: ["from_email", "from_emails", "from_name", "from_names"],
    tools: [["list_campaigns", {}]],
  },
  {
    place: "a subject of a campaign",
    url: /\/v2\/campaigns\/\d+$/,
    fields: ["subject"],
    judged: true,
    tools: [
      ["get_campaign", one(2102)],
      ["check_campaign", one(2102)],
      ["delete_campaign_step", one(2104, { step: 2 })],
      ["preview_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the name of a mailbox",
    url: /mailboxes/,
    fields: ["from_name", "provider", "login", "server", "signature"],
    tools: [
      ["list_mailboxes", { type: "ALL" }],
      ["check_campaign", one(2102)],
      ["preview_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the address of a mailbox",
    url: /mailboxes/,
    fields: ["email"],
    tools: [
      ["list_mailboxes", { type: "ALL" }],
      ["check_campaign", one(2102)],
      ["check_campaign", one(2106)],
      ["preview_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the error of a mailbox",
    url: /mailboxes/,
    fields: ["error"],
    tools: [
      ["list_mailboxes", {}],
      ["check_campaign", one(2106)],
      ["run_campaign", one(2106)],
      ["run_campaign", one(2106, { despite_errors: true })],
      ["preview_campaign", one(2106)],
    ],
  },
  {
    place: "a field of a prospect",
    url: /\/v1\/prospects/,
    fields: [
      "first_name",
      "last_name",
      "company",
      "title",
      "tags",
      "city",
      "industry",
      "snipet1",
      "website",
      "phone",
    ],
    tools: [
      ["search_prospects", { limit: 3, include: further }],
      ["search_prospects", one(2101, { limit: 3, include: further })],
      ["preview_campaign", one(2101, { sample: 2 })],
      ["delete_prospects", { prospect_ids: [90_037], scope: "account" }],
    ],
  },
  {
    place: "a field of a prospect that the texts show",
    url: /\/v1\/prospects/,
    fields: [
      "first_name",
      "last_name",
      "company",
      "title",
      "tags",
      "city",
      "industry",
      "snipet1",
      "website",
      "phone",
    ],
    // The check finds what is odd in it.
    judged: true,
    tools: [
      ["check_campaign", one(2101)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the address of a prospect",
    url: /\/v1\/prospects/,
    fields: ["email"],
    tools: [
      ["search_prospects", { limit: 3 }],
      ["check_campaign", one(2101)],
      ["preview_campaign", one(2101, { sample: 2 })],
      ["run_campaign", one(2102)],
      ["delete_prospects", { prospect_ids: [90_037, 90_038], scope: "account" }],
      ["delete_prospects", one(2104, { prospect_ids: [90_037], scope: "campaign" })],
    ],
  },
  {
    place: "the name of a LinkedIn account",
    url: /linkedin_accounts/,
    fields: ["full_name", "username", "linkedin_url"],
    tools: [
      ["list_linkedin_accounts", {}],
      ["check_campaign", one(2102)],
      ["run_campaign", one(2102)],
    ],
  },
  {
    place: "the name of a client company",
    url: /agency\/companies/,
    fields: ["name"],
    env: { WOODPECKER_COMPANY_ID: "7001" },
    sandbox: { agency: true },
    tools: [
      ["list_companies", {}],
      ["run_campaign", one(2102)],
      ["delete_campaign", one(2104)],
      ["save_prospects", one(2101, { prospects: anna })],
    ],
  },
  {
    place: "the subject of a reply",
    url: /inbox\/messages|responses/,
    fields: ["subject"],
    tools: [
      ["list_replies", {}],
      ["list_replies", { prospect_id: 90_001 }],
    ],
  },
  {
    place: "the text of a reply",
    url: /inbox\/messages|responses/,
    fields: ["html", "message"],
    tools: [
      ["list_replies", {}],
      ["list_replies", { prospect_id: 90_001 }],
    ],
  },
  {
    place: "what names a reply",
    url: /inbox\/messages|responses/,
    fields: ["id", "response_id", "stamp", "delivered", "next_page_cursor"],
    tools: [
      ["list_replies", { limit: 2 }],
      ["list_replies", { prospect_id: 90_001 }],
    ],
  },
  {
    place: "the reason why a person was refused",
    url: /add_prospects/,
    fields: ["msg", "code"],
    tools: [
      [
        "save_prospects",
        one(2104, { prospects: [...anna, { email: "lena.brandt@quarrystone-logistik.example" }] }),
      ],
      ["save_prospects", one(2104, { prospects: [{ email: "lena.brandt@quarrystone-logistik.example" }] })],
    ],
  },
];

/** The same answer with this text in these fields. */
export function withText(value: unknown, fields: readonly string[], text: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withText(inner, fields, text));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      if (!fields.includes(field) || (typeof inner === "object" && !Array.isArray(inner))) {
        return [field, withText(inner, fields, text)];
      }
      return [field, Array.isArray(inner) ? inner.map(() => text) : text];
    }),
  );
}

export type Tool = [name: string, args: object];

/** A session in which these fields hold whatever was said last. */
export async function openPlace({ url, fields, env, sandbox: options }: Place, elicit?: Elicit) {
  let text = "Spring";
  const sandbox = await openSandbox({ ...options, now: () => new Date("2026-10-07T09:00:00Z") });
  const after: Gate["after"] = (json, request: Passing) =>
    url.test(request.url) ? withText(json, fields, text) : json;
  const session = await openSession({ sandbox, env, gate: { after }, elicit });
  return {
    ...session,
    show(said: string, [tool, args]: Tool) {
      text = said;
      return session.call(tool, args);
    },
  };
}

/** Every text in a structured result, by its path. */
export function textsIn(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([field, inner]) => textsIn(inner, `${path}.${field}`));
}

export const ours = (lines: string[]) => lines.filter((line) => ourWords.test(line)).length;
