/** The command line and the environment as settings; what is wrong with them is said in one line. */

import type { Access, Toolset } from "./effects.ts";
import type { Limits } from "./limits.ts";
import type { LogLevel } from "./log.ts";
import { isLoopback } from "./loopback.ts";
import { closest } from "./model/closest.ts";
import { type AuthMode, type Command, commands, type Option, options } from "./options.ts";

export interface Settings {
  command: Command;
  apiKey?: string;
  /** Set when a key was given that cannot be one. */
  malformedKey?: true;
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
  help: boolean;
  version: boolean;
}

/** The start-up line is wrong; the process ends with 2 and this one line. */
export class UsageError extends Error {}

type Environment = Record<string, string | undefined>;

export function readSettings(argv: readonly string[], env: Environment): Settings {
  const { command, flags } = readArguments(argv);
  const value = (name: keyof typeof options) => pick(name, flags, env);
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    throw new UsageError(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody read the API key; for a company's certificate use NODE_EXTRA_CA_CERTS",
    );
  }
  const key = value("apiKey");
  const usable = key !== undefined && isKey(key);
  return {
    command,
    ...(usable ? { apiKey: key } : key !== undefined && { malformedKey: true as const }),
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
    trustProxyTls: flags["trust-proxy-tls"] === "" || readSwitch("trustProxyTls", value("trustProxyTls")),
    sessions: flags.sessions === "",
    redisUrl: readRedis(value("redisUrl")),
    metricsPort: readPort("metricsPort", value("metricsPort")),
    logLevel: value("logLevel") as LogLevel,
    sandbox: flags.sandbox === "",
    http: flags.http === "",
    host: value("host") as string,
    port: readPort("port", value("port")),
    help: flags.help === "",
    version: flags.version === "",
  };
}

/** A key is one word of printable characters; "Bearer …", quotes or blanks around it are slips of pasting. */
export const isKey = (text: string) => /^[\x21\x23-\x26\x28-\x7e]{8,256}$/.test(text);

function readArguments(argv: readonly string[]): { command: Command; flags: Record<string, string> } {
  const flags: Record<string, string> = {};
  let command: Command = "serve";
  let verify = false;
  const known = Object.values(options as Record<string, Option>).filter((option) => option.flag);
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] as string;
    if (!word.startsWith("--")) {
      if (command === "ledger" && word === "verify" && !verify) {
        verify = true;
        continue;
      }
      if (!(word in commands) || command !== "serve") {
        throw new UsageError(`unknown command "${word}"; commands: ${Object.keys(commands).join(", ")}`);
      }
      command = word as Command;
      continue;
    }
    const [name = "", joined] = splitOnce(word.slice(2), "=");
    const option = known.find((one) => one.flag === name);
    if (!option) throw new UsageError(unknownFlag(name, known));
    if (!option.value) {
      if (joined !== undefined) throw new UsageError(`--${name} takes no value`);
      flags[name] = "";
      continue;
    }
    const given = joined ?? argv[++at];
    if (given === undefined || (joined === undefined && given.startsWith("--"))) {
      throw new UsageError(`--${name} needs a value: --${name} <${option.value}>`);
    }
    flags[name] = given;
  }
  if (command === "ledger" && !verify) throw new UsageError("ledger has one form: ledger verify");
  return { command, flags };
}

function unknownFlag(name: string, known: Option[]): string {
  const names = known.map((option) => option.flag as string);
  const [near] = closest(name, names, 1);
  return `unknown option --${name}${near ? `, did you mean --${near}?` : ";"} options: ${names.map((flag) => `--${flag}`).join(" ")}`;
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const place = text.indexOf(at);
  return place < 0 ? [text, undefined] : [text.slice(0, place), text.slice(place + 1)];
}

/** Flag before environment before fallback. Blanks and placeholders that a host did not fill in count as unset. */
function pick(
  name: keyof typeof options,
  flags: Record<string, string>,
  env: Environment,
): string | undefined {
  const option: Option = options[name];
  const flag = option.flag === undefined ? undefined : flags[option.flag];
  const given = [flag, option.env && env[option.env]]
    .map((text) => text?.trim())
    .find((text) => text && !/^\$\{.*\}$/.test(text));
  const value = given ?? option.fallback;
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
  if (text !== undefined && !/^\d{1,12}$/.test(text))
    throw new UsageError(`${nameOf(options.companyId)} must be a number`);
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
    throw new UsageError(`${nameOf(options[name])}: "${text}" is not a whole number`);
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
    `${nameOf(options.allowedHosts)}: "${text}" is no host name; one looks like mcp.example.com, without https:// and port`,
  );
}

function readPageOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new UsageError(
    `${nameOf(options.allowedOrigins)}: "${text}" is no origin; one looks like https://inspector.example`,
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
