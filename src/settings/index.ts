/** The command line and the environment as settings; what is wrong with them is said in one line. */

import type { Limits } from "../accounts/limits.ts";
import type { Access, Toolset } from "../calls/effects.ts";
import type { LogLevel } from "../log.ts";
import { isLoopback } from "../values/loopback.ts";
import { faultInKey } from "./api-key.ts";
import { readArguments } from "./command-line.ts";
import { type AuthMode, type Command, type Option, options } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export { UsageError };

export interface Settings {
  command: Command;
  /** The words after the command. */
  operands: string[];
  apiKey?: string;
  /** Why the key that was given cannot be one. */
  malformedKey?: string;
  apiUrl: string;
  companyId?: string;
  access: Access;
  toolsets: Toolset[];
  limits: Limits;
  dryRun: boolean;
  /** Where the ledger is, "off", or nothing for the usual place. */
  ledger?: string;
  ledgerStrict: boolean;
  mcpToken?: string;
  auth: AuthMode;
  oauth?: { issuer: string; audience: string; accounts: string };
  allowedHosts: string[];
  allowedOrigins: string[];
  trustProxyTls: boolean;
  sessions: boolean;
  redisUrl?: string;
  metricsPort?: number;
  logLevel: LogLevel;
  sandbox: boolean;
  http: boolean;
  host: string;
  port?: number;
  output?: string;
  makeEditable: boolean;
  yes: boolean;
  noWrite: boolean;
  help: boolean;
  version: boolean;
}

type Environment = Record<string, string | undefined>;

export function readSettings(argv: readonly string[], env: Environment): Settings {
  const { command, operands, flags } = readArguments(argv);
  // Elsewhere a variable such as AUTH_MODE may be another program's.
  const http = "http" in flags || command === "doctor";
  const value = (name: keyof typeof options) => {
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
    http: "http" in flags,
    host: value("host") as string,
    port: readPort("port", value("port")),
    output: value("output"),
    makeEditable: "make-editable" in flags,
    yes: "yes" in flags,
    noWrite: "no-write" in flags,
    help: "help" in flags,
    version: "version" in flags,
  };
}

export const isKey = (text: string) => faultInKey(text) === undefined;

function readKey(text: string | undefined): Pick<Settings, "apiKey" | "malformedKey"> {
  const malformedKey = text && faultInKey(text);
  return malformedKey ? { malformedKey } : text ? { apiKey: text } : {};
}

export const isCompanyId = (text: string) => /^\d{1,12}$/.test(text);

/** Flag before environment before fallback. Blanks and placeholders that a host did not fill in count as unset. */
function pick(
  name: keyof typeof options,
  flags: Record<string, string>,
  env: Environment,
): string | undefined {
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

const nameOf = ({ env, flag }: Option) => [flag && `--${flag}`, env].filter(Boolean).join(" / ");

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url !== undefined && isLoopback(url.hostname);
  const bare = url && url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  if (!bare || !(url.protocol === "https:" || (url.protocol === "http:" && loopback))) {
    throw new UsageError(
      `${nameOf(options.apiUrl)} must be an https origin such as https://api.woodpecker.co (or http on loopback), without a path`,
    );
  }
  return url.origin;
}

function readCompany(text: string | undefined): string | undefined {
  if (text !== undefined && !isCompanyId(text))
    throw new UsageError(
      `${nameOf(options.companyId)} must be a number, the id of the client company; doctor lists them`,
    );
  return text;
}

function readLimits(value: (name: keyof typeof options) => string | undefined): Limits {
  const ids = (name: "campaigns" | "mailboxes") => {
    const text = value(name);
    return text === undefined ? undefined : text.split(",").map((one) => readNumber(name, one.trim()));
  };
  const most = (name: keyof typeof options) => {
    const text = value(name);
    return text === undefined ? undefined : readNumber(name, text);
  };
  const limits = {
    campaigns: ids("campaigns"),
    mailboxes: ids("mailboxes"),
    prospectsPerCall: most("maxProspectsPerCall"),
    prospectsPerDay: most("maxProspectsPerDay"),
    runsPerDay: most("maxRunsPerDay"),
    dailyEnroll: most("maxDailyEnroll"),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)) as Limits;
}

function readNumber(name: keyof typeof options, text: string): number {
  if (!/^\d{1,12}$/.test(text))
    throw new UsageError(
      `${nameOf(options[name])}: "${text}" is not a whole number${text.includes(";") ? "; several are separated by commas" : ""}`,
    );
  return Number(text);
}

function readSwitch(name: keyof typeof options, text: string | undefined): boolean {
  if (text === undefined || text === "0" || text === "false") return false;
  if (text === "1" || text === "true") return true;
  throw new UsageError(`${nameOf(options[name])} must be 1 or 0`);
}

function readPort(name: "port" | "metricsPort", text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`--${options[name].flag} must be a number from 0 to 65535`);
  return port;
}

const listOf = (text = "") =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

function readHost(text: string): string {
  const host = text.toLowerCase();
  if (URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host && !/:\d+$/.test(host))
    return host;
  throw new UsageError(
    `${nameOf(options.allowedHosts)}: "${text}" is not a host name; one looks like mcp.example.com, without https:// and port`,
  );
}

function readPageOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new UsageError(
    `${nameOf(options.allowedOrigins)}: "${text}" is not an origin; one looks like https://inspector.example`,
  );
}

function readRedis(text: string | undefined): string | undefined {
  if (text === undefined || (/^rediss?:\/\//.test(text) && URL.canParse(text))) return text;
  // Not quoted: it may hold a password.
  throw new UsageError(`${nameOf(options.redisUrl)} must look like redis://host:6379 or rediss://host:6379`);
}

/** @throws where only a part of it is set */
function readOAuth(value: (name: keyof typeof options) => string | undefined): Settings["oauth"] {
  if (value("auth") !== "oauth") return undefined;
  const [issuer, audience, accounts] = [value("oauthIssuer"), value("oauthAudience"), value("oauthAccounts")];
  for (const [name, url] of [
    ["oauthIssuer", issuer],
    ["oauthAudience", audience],
  ] as const) {
    if (url === undefined || !isSafeUrl(url)) {
      throw new UsageError(`AUTH_MODE oauth needs ${options[name].env}: an https URL (or http on loopback)`);
    }
  }
  if (accounts === undefined)
    throw new UsageError(`AUTH_MODE oauth needs ${options.oauthAccounts.env}: a file`);
  return { issuer: issuer as string, audience: audience as string, accounts };
}

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}
