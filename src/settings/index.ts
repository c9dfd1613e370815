/** The command line and the environment as settings; what is wrong with them is said in one line. */

import type { Access, Toolset } from "../calls/effects.ts";
import type { LogLevel } from "../log.ts";
import { readArguments } from "./command-line.ts";
import type { Command } from "./commands.ts";
import { type Given, givenIn } from "./given.ts";
import { type Environment, homeFolder } from "./home.ts";
import type { Limits } from "./limits.ts";
import { type AuthMode, type Option, type OptionName, options } from "./options.ts";
import {
  listOf,
  nameOf,
  type OAuthSettings,
  readCampaignId,
  readColumns,
  readCompany,
  readHost,
  readKey,
  readLimits,
  readOAuth,
  readOrigin,
  readPageOrigin,
  readPort,
  readRedis,
  readSwitch,
} from "./parsers.ts";
import { type Kind, type SandboxAccount, sandboxAccountOf } from "./sandbox-options.ts";
import { UsageError } from "./usage-error.ts";

/** How a person agrees. */
export type Forms = "auto" | "off" | "require";

export interface Settings {
  command: Command;
  /** The words after the command. */
  operands: string[];
  apiKey?: string;
  /** Why the key that was given cannot be one. */
  malformedKey?: string;
  apiUrl: string;
  companyId?: string;
  forms: Forms;
  /** Where the state folder is, "off", or nothing for the usual place. */
  stateDir?: string;
  /** What people call the account. */
  accountName?: string;
  access: Access;
  toolsets: Toolset[];
  limits: Limits;
  dryRun: boolean;
  /** Where the ledger is, "off", or nothing for the usual place. */
  ledger?: string;
  ledgerStrict: boolean;
  mcpToken?: string;
  auth: AuthMode;
  /** Path of the file of accounts with names. */
  accountsFile?: string;
  oauth?: OAuthSettings;
  allowedHosts: string[];
  allowedOrigins: string[];
  trustProxyTls: boolean;
  sessions: boolean;
  redisUrl?: string;
  metricsPort?: number;
  logLevel: LogLevel;
  sandbox: boolean;
  sandboxAccount: SandboxAccount;
  http: boolean;
  host: string;
  port?: number;
  output?: string;
  /** Every campaign is exported. */
  all: boolean;
  /** The folder of several files. */
  dir?: string;
  makeEditable: boolean;
  yes: boolean;
  noWrite: boolean;
  /** Where an import enrols people. */
  campaign?: number;
  /** From when on a ledger is shown. */
  since?: string;
  /** Header to field. */
  columns?: Record<string, string>;
  withDraft: boolean;
  /** Where verify keeps what it saw. */
  record?: string;
  help: boolean;
  version: boolean;
  /** What was set, and how; the rest is as usual. */
  given: readonly Given[];
}

export function readSettings(argv: readonly string[], env: Environment): Settings {
  const { command, operands, flags } = readArguments(argv);
  const given = givenIn(flags, env);
  // Elsewhere a variable such as AUTH_MODE may be another program's.
  const http = "http" in flags || command === "doctor";
  const value = (name: OptionName) => {
    const option: Option = options[name];
    return option.http && !http ? option.fallback : pick(name, given);
  };
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    throw new UsageError(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody on the way read the API key; take it out of the environment, and for a company's certificate set NODE_EXTRA_CA_CERTS to its PEM file",
    );
  }
  const settings: Settings = {
    command,
    operands,
    ...readKey(value("apiKey")),
    apiUrl: readOrigin(value("apiUrl") as string),
    companyId: readCompany(value("companyId")),
    stateDir: value("stateDir"),
    forms: value("forms") as Forms,
    accountName: value("accountName") && [...(value("accountName") as string)].slice(0, 80).join(""),
    access: value("access") as Access,
    toolsets: (value("toolsets") as string).split(",").map((name) => name.trim()) as Toolset[],
    limits: readLimits(value),
    dryRun: readSwitch("dryRun", value("dryRun")),
    ledger: value("ledger"),
    ledgerStrict: readSwitch("ledgerStrict", value("ledgerStrict")),
    mcpToken: value("mcpToken"),
    auth: value("auth") as AuthMode,
    accountsFile: value("accountsFile"),
    oauth: readOAuth(value),
    allowedHosts: listOf(value("allowedHosts")).map(readHost),
    allowedOrigins: listOf(value("allowedOrigins")).map(readPageOrigin),
    trustProxyTls: readSwitch("trustProxyTls", value("trustProxyTls")),
    sessions: "sessions" in flags,
    redisUrl: readRedis(value("redisUrl")),
    metricsPort: readPort("metricsPort", value("metricsPort")),
    logLevel: value("logLevel") as LogLevel,
    sandbox: "sandbox" in flags,
    sandboxAccount: sandboxAccountOf("agency" in flags, listOf(value("sandboxAccount")) as Kind[]),
    http: "http" in flags,
    host: value("host") as string,
    port: readPort("port", value("port")),
    output: value("output"),
    all: "all" in flags,
    dir: value("dir"),
    makeEditable: "make-editable" in flags,
    yes: "yes" in flags,
    noWrite: "no-write" in flags,
    campaign: readCampaignId(value("campaign")),
    since: value("since"),
    columns: readColumns(value("columns")),
    withDraft: "with-draft" in flags,
    record: value("record"),
    help: "help" in flags,
    version: "version" in flags,
    given,
  };
  checkHome(settings, env);
  return settings;
}

/** Only what keeps something needs a place for it. */
function checkHome({ command, sandbox, help, version, stateDir, ledger }: Settings, env: Environment): void {
  if (sandbox || command === "sandbox" || command === "demo" || help || version) return;
  if (stateDir === undefined || ledger === undefined)
    homeFolder(env, "the state folder and the ledger lie in the home folder");
}

function pick(name: OptionName, given: readonly Given[]): string | undefined {
  const option: Option = options[name];
  const value = given.find((one) => one.name === name)?.value ?? option.fallback;
  if (value !== undefined && option.among) checkAmong(option, value);
  return value;
}

function checkAmong(option: Option, value: string): void {
  const values = option.list ? value.split(",").map((one) => one.trim()) : [value];
  const wrong = values.find((one) => !option.among?.includes(one));
  if (wrong === undefined) return;
  throw new UsageError(`${nameOf(option)}: "${wrong}" is not one of ${option.among?.join(", ")}`);
}
