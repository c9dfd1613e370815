/** The command line and the environment as settings; what is wrong with them is said in one line. */

import type { Access, Toolset } from "../calls/effects.ts";
import type { LogLevel } from "../log.ts";
import { readArguments } from "./command-line.ts";
import type { Command } from "./commands.ts";
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
}

type Environment = Record<string, string | undefined>;

export function readSettings(argv: readonly string[], env: Environment): Settings {
  const { command, operands, flags } = readArguments(argv);
  // Elsewhere a variable such as AUTH_MODE may be another program's.
  const http = "http" in flags || command === "doctor";
  const value = (name: OptionName) => {
    const option: Option = options[name];
    return option.http && !http ? option.fallback : pick(name, flags, env);
  };
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    throw new UsageError(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody on the way read the API key; take it out of the environment, and for a company's certificate set NODE_EXTRA_CA_CERTS to its PEM file",
    );
  }
  return {
    command,
    operands,
    ...readKey(value("apiKey")),
    apiUrl: readOrigin(value("apiUrl") as string),
    companyId: readCompany(value("companyId")),
    stateDir: value("stateDir"),
    forms: value("forms") as Forms,
    accountName: value("accountName")?.slice(0, 80),
    access: value("access") as Access,
    toolsets: (value("toolsets") as string).split(",").map((name) => name.trim()) as Toolset[],
    limits: readLimits(value),
    dryRun: readSwitch("dryRun", value("dryRun")),
    ledger: value("ledger"),
    ledgerStrict: readSwitch("ledgerStrict", value("ledgerStrict")),
    mcpToken: value("mcpToken"),
    auth: value("auth") as AuthMode,
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
  };
}

/** Flag before environment before fallback. Blanks and placeholders that a host did not fill in count as unset. */
function pick(name: OptionName, flags: Record<string, string>, env: Environment): string | undefined {
  const option: Option = options[name];
  const flag = option.flag === undefined ? undefined : flags[option.flag];
  const filled = [flag, option.env && env[option.env]]
    .map((text) => text?.trim())
    .find((text) => text && !/^\$\{.*\}$/.test(text));
  const value = filled ?? option.fallback;
  if (value !== undefined && option.among) checkAmong(option, value);
  return value;
}

function checkAmong(option: Option, value: string): void {
  const values = option.list ? value.split(",").map((one) => one.trim()) : [value];
  const wrong = values.find((one) => !option.among?.includes(one));
  if (wrong === undefined) return;
  throw new UsageError(`${nameOf(option)}: "${wrong}" is not one of ${option.among?.join(", ")}`);
}
