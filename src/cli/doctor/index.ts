/** `doctor`: free reads that tell a person whether everything is set up, and what to fix where it is not. */

import { accessSync, constants } from "node:fs";
import { type AccountSource, accountOf } from "../../accounts/source.ts";
import { whyUnusable } from "../../preflight/senders.ts";
import type { Settings } from "../../settings/index.ts";
import { type Option, options } from "../../settings/options.ts";
import { quoted } from "../../values/foreign.ts";
import { version } from "../../version.ts";
import { listCampaignRows } from "../../woodpecker/campaigns.ts";
import { type Api, type Client, createClient } from "../../woodpecker/client.ts";
import { type Company, readCompanies } from "../../woodpecker/companies.ts";
import { ApiFailure } from "../../woodpecker/failure.ts";
import { checkKey } from "../../woodpecker/key.ts";
import { readMailboxes } from "../../woodpecker/mailboxes.ts";
import type { Print } from "../terminal.ts";
import { lookAtAccounts } from "./accounts.ts";
import { adviceOn, missingKeyAdvice } from "./advice.ts";
import { printEntry } from "./entry.ts";
import type { Found, Gathered, Look } from "./look.ts";
import { lookAtSending } from "./sending.ts";
import { lookAtLedger, lookAtState } from "./writing.ts";

/** @returns the exit code: 0 when all is well, 1 when something needs fixing, or nothing could be sent */
export async function examine(settings: Settings, print: Print): Promise<number> {
  const account = accountOf(settings);
  const client = createClient(account.open);
  try {
    introduce(settings, account, print);
    const { faults, isComplete } = await runChecks(settings, client, print);
    if (isComplete) printEntry(settings, faults === 0, print);
    return faults === 0 ? 0 : 1;
  } finally {
    await client.close();
    await account.close();
  }
}

/** What holds, and would not be noticed before something is refused. */
function introduce(settings: Settings, account: AccountSource, print: Print): void {
  const { sandbox, apiUrl, access, toolsets, dryRun, forms, given } = settings;
  const limits = given.flatMap(({ name, value }) => {
    const option: Option = options[name];
    return option.limit ? [`${option.env} ${value}`] : [];
  });
  print(
    `woodpecker-campaigns-mcp ${version}, Node ${process.versions.node}, ${sandbox ? "built-in sandbox" : apiUrl}`,
  );
  const company = account.companyId === undefined ? undefined : `client company ${account.companyId}`;
  const names = [account.name && quoted(account.name), company].filter(Boolean);
  if (names.length > 0) print(`Account: ${names.join(", ")}`);
  print(`Access ${access}, toolsets ${toolsets.join(", ")}`);
  print(`Limits: ${limits.join(", ") || "none of your own"}`);
  print(`Dry run: ${dryRun ? "yes, no write leaves" : "no"}`);
  print(`Forms: ${forms}, ${agreeing[forms]}`);
  print(`Protocol: clients get MCP 2025-11-25 or 2026-07-28, whichever they open with`);
  print("");
}

const agreeing: Record<Settings["forms"], string> = {
  auto: "a person agrees by a form where the client shows forms, else in the chat",
  off: "a person agrees in the chat",
  require: "a person agrees by a form, the launch card or the command approve, never through the model",
};

async function runChecks(settings: Settings, client: Client, print: Print) {
  const checks = settings.accountsFile === undefined ? [...ofMachine, ...ofAccount] : ofMany;
  let faults = 0;
  const seen: Gathered = {};
  for (const [index, { about, look, first }] of checks.entries()) {
    const found = await attempt(() => look(settings, client.forCall({}), seen), settings);
    if (found === undefined) continue;
    print(line(about, found));
    if (!("fix" in found)) continue;
    faults += 1;
    if (!first) continue;
    const rest = new Set(checks.slice(index + 1).flatMap((check) => (check.derived ? [] : [check.about])));
    print(`      Not looked at, because of that: ${[...rest].join(", ")}.`);
    return { faults, isComplete: false };
  }
  return { faults, isComplete: true };
}

async function attempt(look: () => ReturnType<Look["look"]>, settings: Settings): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    return { fix: adviceOn(error, settings) };
  }
}

function line(about: string, found: Found): string {
  if ("ok" in found) return `ok    ${about}: ${found.ok}`;
  const [mark, { what, steps }] = "note" in found ? ["note ", found.note] : ["FAIL ", found.fix];
  const numbered = steps.length === 1 ? steps : steps.map((step, index) => `${index + 1}. ${step}`);
  return [`${mark} ${about}: ${what}`, ...numbered.map((step) => `      ${step}`)].join("\n");
}

const ofMachine: Look[] = [
  { about: "State folder", look: lookAtState },
  { about: "Ledger of writes", look: lookAtLedger },
  { about: "Company certificate", look: lookAtCertificates },
];

/** Each with a key of its own. */
const ofMany: Look[] = [...ofMachine, { about: "Accounts", look: lookAtAccounts }];

const ofAccount: Look[] = [
  // Before the key: the list of companies is requested without a company, everything else with it.
  { about: "Client company", look: lookAtCompany, first: true },
  { about: "API key", look: lookAtKey, first: true },
  { about: "Client company", look: lookAtAgency },
  {
    about: "Campaigns",
    async look(_settings, api, seen) {
      const rows = await listCampaignRows(api);
      seen.campaigns = rows;
      const running = rows.filter((row) => row.status === "RUNNING").length;
      return { ok: `${rows.length}, ${running} running` };
    },
  },
  { about: "Mailboxes", look: lookAtMailboxes },
  { about: "Sending", derived: true, look: (settings, _api, seen) => lookAtSending(settings, seen) },
];

function lookAtCertificates(): Found | undefined {
  const path = process.env.NODE_EXTRA_CA_CERTS;
  if (!path) return undefined;
  try {
    accessSync(path, constants.R_OK);
    return { ok: path };
  } catch {
    const steps = ["Correct the path; it is read when the server starts."];
    return { fix: { what: `NODE_EXTRA_CA_CERTS names ${path}, which cannot be read`, steps } };
  }
}

async function lookAtKey(settings: Settings, api: Api): Promise<Found> {
  const { auth, sandbox, apiKey, malformedKey } = settings;
  if (auth !== "env" && apiKey === undefined && !sandbox) {
    const steps = ["To look at one of them: AUTH_MODE=env WOODPECKER_API_KEY=… in front of this command."];
    return { fix: { what: `with AUTH_MODE ${auth} each caller has one of their own`, steps } };
  }
  if (!sandbox && apiKey === undefined) return { fix: missingKeyAdvice({ malformedKey }) };
  await checkKey(api);
  return { ok: "accepted by Woodpecker" };
}

async function lookAtCompany(
  { companyId, apiKey, sandbox, sandboxAccount }: Settings,
  api: Api,
): Promise<Found | undefined> {
  if (companyId === undefined || (apiKey === undefined && !sandbox)) return undefined;
  if (sandbox && !sandboxAccount.agency) {
    const steps = ["Add --agency to choose one of its clients, 7001 or 7002."];
    return { note: { what: `${companyId} is set, and this sandbox is no agency`, steps } };
  }
  const companies = await readCompanies(api).catch(noneIfRefused);
  const chosen = companies.find(({ id }) => String(id) === companyId);
  if (chosen && chosen.active !== false) return { ok: nameOf(chosen) };
  if (chosen) {
    const steps = ["Activate it in Woodpecker, or choose another.", choose(companies)];
    return { fix: { what: `${nameOf(chosen)} is not active`, steps } };
  }
  if (companies.length > 0)
    return { fix: { what: `there is no client company ${companyId}`, steps: [choose(companies)] } };
  const steps = [
    "Only the key of an agency's headquarters can choose one. With a client's own key, remove WOODPECKER_COMPANY_ID.",
  ];
  return { note: { what: `${companyId} is set, and this key has no client companies`, steps } };
}

/** An agency that forgets to choose a client works in its own account without noticing. */
async function lookAtAgency({ companyId }: Settings, api: Api): Promise<Found | undefined> {
  if (companyId !== undefined) return undefined;
  // Most accounts are not an agency; how Woodpecker says so does not matter here.
  const companies = await readCompanies(api).catch((): Company[] => []);
  if (companies.length === 0) return undefined;
  const what = "none is chosen, and this is an agency's key: everything happens in the agency's own account";
  return { note: { what, steps: [choose(companies)] } };
}

function noneIfRefused(error: unknown): Company[] {
  const http = error instanceof ApiFailure ? error.facts.http : undefined;
  if (http === 403 || http === 404) return [];
  throw error;
}

function choose(companies: Company[]): string {
  const shown = companies.slice(0, 20).map(nameOf).join(", ");
  return `Set WOODPECKER_COMPANY_ID (or --company-id) to one of: ${shown}${companies.length > 20 ? ", …" : ""}.`;
}

const nameOf = ({ id, name, active }: Company) =>
  `${id} ${quoted(name)}${active === false ? " (inactive)" : ""}`;

async function lookAtMailboxes(_settings: Settings, api: Api, seen: Gathered): Promise<Found> {
  const now = Date.now();
  const senders = (await readMailboxes(api)).filter(({ type }) => type === "SMTP");
  seen.mailboxes = senders;
  const broken = senders.flatMap((mailbox) => {
    const why = whyUnusable(mailbox, now);
    return why === undefined ? [] : [`${mailbox.id} ${mailbox.email} cannot send: ${why}`];
  });
  const what = `${senders.length - broken.length} of ${senders.length} can send`;
  const where = "in Woodpecker, in the settings of e-mail accounts";
  if (senders.length === 0) {
    const steps = [`Connect one ${where}; without one no campaign can be made.`];
    return { note: { what: "there is none to send from", steps } };
  }
  if (broken.length === 0) return { ok: what };
  return { note: { what, steps: [[...broken, `Reconnect it ${where}.`].join("\n      ")] } };
}
