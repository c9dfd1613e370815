/** `doctor`: free reads that tell a person whether everything is set up, and what to fix where it is not. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { accountOf } from "../accounts/source.ts";
import { whyUnusable } from "../preflight/senders.ts";
import type { Settings } from "../settings/index.ts";
import { ledgerPath } from "../settings/ledger-path.ts";
import { quoted } from "../values/foreign.ts";
import { version } from "../version.ts";
import { listCampaignRows } from "../woodpecker/campaigns.ts";
import { type Api, type Client, createClient } from "../woodpecker/client.ts";
import { type Company, readCompanies } from "../woodpecker/companies.ts";
import { ApiFailure } from "../woodpecker/failure.ts";
import { checkKey } from "../woodpecker/key.ts";
import { readMailboxes } from "../woodpecker/mailboxes.ts";
import { type Advice, adviceOn, missingKeyAdvice } from "./doctor-advice.ts";

type Print = (line: string) => void;

/** What is in order is told in a line; `note` is worth knowing, `fix` has to be fixed. */
type Found = { ok: string } | { note: Advice } | { fix: Advice };

interface Check {
  about: string;
  look: (settings: Settings, api: Api) => Promise<Found | undefined> | Found | undefined;
  /** When it fails, nothing after it can be checked. */
  first?: true;
}

/** @returns the exit code: 0 when all is well, 1 when something needs fixing */
export async function examine(settings: Settings, print: Print): Promise<number> {
  const account = accountOf(settings);
  const client = createClient(account.open);
  try {
    introduce(settings, print);
    const faults = await runChecks(settings, client, print);
    if (faults === 0) recommend(settings, print);
    return faults === 0 ? 0 : 1;
  } finally {
    await client.close();
    await account.close();
  }
}

function introduce({ sandbox, apiUrl, access, toolsets }: Settings, print: Print): void {
  print(
    `woodpecker-campaigns-mcp ${version}, Node ${process.versions.node}, ${sandbox ? "built-in sandbox" : apiUrl}`,
  );
  print(`Access ${access}, toolsets ${toolsets.join(", ")}`);
  print("");
}

async function runChecks(settings: Settings, client: Client, print: Print): Promise<number> {
  let faults = 0;
  for (const [index, { about, look, first }] of checks.entries()) {
    const found = await attempt(() => look(settings, client.forCall({})), settings);
    if (found === undefined) continue;
    print(line(about, found));
    if (!("fix" in found)) continue;
    faults += 1;
    if (!first) continue;
    const rest = new Set(checks.slice(index + 1).map((check) => check.about));
    print(`      Not looked at, because of that: ${[...rest].join(", ")}.`);
    break;
  }
  return faults;
}

async function attempt(
  look: () => ReturnType<Check["look"]>,
  settings: Settings,
): Promise<Found | undefined> {
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

const checks: Check[] = [
  { about: "Ledger of writes", look: lookAtLedger },
  { about: "Company certificate", look: lookAtCertificates },
  // Before the key: the list of companies is requested without a company, everything else with it.
  { about: "Client company", look: lookAtCompany, first: true },
  { about: "API key", look: lookAtKey, first: true },
  { about: "Client company", look: lookAtAgency },
  {
    about: "Campaigns",
    async look(_settings, api) {
      const rows = await listCampaignRows(api);
      const running = rows.filter((row) => row.status === "RUNNING").length;
      return { ok: `${rows.length}, ${running} running` };
    },
  },
  { about: "Mailboxes", look: lookAtMailboxes },
];

function lookAtLedger(settings: Settings): Found | undefined {
  const path = ledgerPath(settings);
  if (path === undefined) return undefined;
  // It is made with the first write: until then its folder has to be one that can be made.
  let place = path;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
    if (statSync(place).isDirectory() === (place !== path)) return { ok: path };
  } catch {
    // Reported below, as for a place of the wrong kind.
  }
  const { ledgerStrict } = settings;
  const effect = ledgerStrict
    ? "no write is carried out but what stops sending"
    : "writes are carried out and not recorded";
  const advice = {
    what: `${path} cannot be written, so ${effect}`,
    steps: [
      `Give the user who runs this the right to write at ${place}, or name another file with WOODPECKER_LEDGER.`,
      "WOODPECKER_LEDGER=off turns it off.",
    ],
  };
  return ledgerStrict ? { fix: advice } : { note: advice };
}

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

async function lookAtCompany({ companyId, apiKey }: Settings, api: Api): Promise<Found | undefined> {
  if (companyId === undefined || apiKey === undefined) return undefined;
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
async function lookAtAgency({ companyId, sandbox }: Settings, api: Api): Promise<Found | undefined> {
  if (companyId !== undefined || sandbox) return undefined;
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

async function lookAtMailboxes(_settings: Settings, api: Api): Promise<Found> {
  const now = Date.now();
  const senders = (await readMailboxes(api)).filter(({ type }) => type === "SMTP");
  const broken = senders.flatMap((mailbox) => {
    const why = whyUnusable(mailbox, now);
    return why === undefined ? [] : [`${mailbox.id} ${mailbox.email} cannot send: ${why}`];
  });
  const what = `${senders.length - broken.length} of ${senders.length} can send`;
  if (senders.length === 0) {
    const steps = [
      "Connect one in Woodpecker, in the settings of e-mail accounts; without one no campaign can be made.",
    ];
    return { note: { what: "there is none to send from", steps } };
  }
  if (broken.length === 0) return { ok: what };
  return {
    note: {
      what,
      steps: [
        [...broken, "Reconnect it in Woodpecker, in the settings of e-mail accounts."].join("\n      "),
      ],
    },
  };
}

/** With the full paths of this machine: programs with windows often do not find `node` by its name. */
function recommend({ sandbox }: Settings, print: Print): void {
  const entry = {
    command: process.execPath,
    args: [process.argv[1], ...(sandbox ? ["--sandbox"] : [])],
    ...(!sandbox && { env: { WOODPECKER_API_KEY: "the key" } }),
  };
  print("");
  print("Ready. If your assistant does not have this server yet, paste this into its configuration:");
  print("");
  print(JSON.stringify({ mcpServers: { woodpecker: entry } }, null, 2));
  print("");
  print("docs/clients/README.md says where that is in each client, and in which form.");
}
