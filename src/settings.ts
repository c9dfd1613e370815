/** Every option, once: --help, the README's table, manifest.json and the parsing itself come from here. */

import { type Access, accessLevels, type Toolset, toolsets } from "./effects.ts";
import type { Limits } from "./limits.ts";
import { type LogLevel, logLevels } from "./log.ts";
import { isLoopback } from "./loopback.ts";
import { closest } from "./model/closest.ts";

export interface Option {
  env?: string;
  flag?: string;
  /** What stands behind the flag in --help; a flag without it is a switch. */
  value?: string;
  about: string;
  fallback?: string;
  /** One of, or for `list` a comma list out of. */
  among?: readonly string[];
  list?: true;
  secret?: true;
  /** How Claude Desktop asks for it; options without it are not asked for. */
  title?: string;
}

export const options = {
  apiKey: {
    env: "WOODPECKER_API_KEY",
    about: "The Woodpecker API key (Add-ons > API keys). Environment only, so that it is in no process list.",
    secret: true,
    title: "Woodpecker API key",
  },
  apiUrl: {
    env: "WOODPECKER_API_URL",
    flag: "api-url",
    value: "url",
    about: "Origin of the API: https, or http on loopback.",
    fallback: "https://api.woodpecker.co",
  },
  companyId: {
    env: "WOODPECKER_COMPANY_ID",
    flag: "company-id",
    value: "id",
    about: "Agency: the client company to act in, sent as x-company-id.",
    title: "Client company id (agencies only)",
  },
  access: {
    env: "WOODPECKER_ACCESS",
    flag: "access",
    value: "level",
    about:
      "What the assistant may do: read looks only; draft also prepares, edits, pauses and stops; full also launches and deletes, after asking.",
    fallback: "full",
    among: accessLevels,
    title: "Access (read, draft or full)",
  },
  toolsets: {
    env: "WOODPECKER_TOOLSETS",
    flag: "toolsets",
    value: "list",
    about: "Which groups of tools exist, as a comma list.",
    fallback: toolsets.join(","),
    among: toolsets,
    list: true,
  },
  campaigns: {
    env: "WOODPECKER_CAMPAIGNS",
    about: "Ids of the only campaigns that may be changed, run or added to, as a comma list.",
  },
  mailboxes: {
    env: "WOODPECKER_MAILBOXES",
    about: "Ids of the only mailboxes that campaigns may send from, as a comma list.",
  },
  maxProspectsPerCall: { env: "WOODPECKER_MAX_PROSPECTS_PER_CALL", about: "Most people in one call." },
  maxProspectsPerDay: {
    env: "WOODPECKER_MAX_PROSPECTS_PER_DAY",
    about: "Most people added in any 24 hours.",
  },
  maxRunsPerDay: { env: "WOODPECKER_MAX_RUNS_PER_DAY", about: "Most campaigns started in any 24 hours." },
  maxDailyEnroll: {
    env: "WOODPECKER_MAX_DAILY_ENROLL",
    about: "Highest daily_enroll that a campaign may have.",
  },
  dryRun: {
    env: "WOODPECKER_DRY_RUN",
    about: "1: no write leaves; each shows the request it would have been.",
  },
  ledger: {
    env: "WOODPECKER_LEDGER",
    about:
      "File of the ledger of writes, or off. Default: in the state folder of the system; with --sandbox off.",
  },
  ledgerStrict: {
    env: "WOODPECKER_LEDGER_STRICT",
    about: "1: what cannot be written into the ledger is not done.",
  },
  mcpToken: {
    env: "WOODPECKER_MCP_TOKEN",
    about: "HTTP: the bearer token that clients must show, at least 32 characters. Required off loopback.",
    secret: true,
  },
  logLevel: {
    env: "LOG_LEVEL",
    flag: "log-level",
    value: "level",
    about: "Least level of the JSON lines on stderr.",
    fallback: "warn",
    among: logLevels,
  },
  sandbox: {
    flag: "sandbox",
    about: "Talk to the built-in sandbox instead of Woodpecker: no key, no network.",
  },
  http: { flag: "http", about: "Serve Streamable HTTP at /mcp instead of stdio." },
  host: { flag: "host", value: "address", about: "HTTP: address to listen on.", fallback: "127.0.0.1" },
  port: {
    flag: "port",
    value: "number",
    about: "HTTP and sandbox: port, 0 picks a free one. Default 3000, sandbox 4010.",
  },
  help: { flag: "help", about: "Show this help." },
  version: { flag: "version", about: "Show the version." },
} as const satisfies Record<string, Option>;

export const commands = {
  sandbox: "only the sandbox, as an HTTP API for other programs",
  demo: "play a whole campaign life against the sandbox",
  doctor: "check the key, the connection and the mailboxes",
  ledger: "ledger verify: is the ledger of writes whole and unchanged?",
} as const;
export type Command = keyof typeof commands | "serve";

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
    logLevel: value("logLevel") as LogLevel,
    sandbox: flags.sandbox === "",
    http: flags.http === "",
    host: value("host") as string,
    port: readPort(value("port")),
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

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError("--port must be a number from 0 to 65535");
  return port;
}

export function helpText(): string {
  const entries = Object.values(options as Record<string, Option>);
  const rows = entries.map((option) => {
    const flag = option.flag ? `--${option.flag}${option.value ? ` <${option.value}>` : ""}` : "";
    const more = [
      option.fallback && `default ${option.fallback}`,
      option.env && flag && `or ${option.env}`,
    ].filter(Boolean);
    return [
      flag || (option.env as string),
      `${option.about}${more.length > 0 ? ` (${more.join(", ")})` : ""}`,
    ] as const;
  });
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "woodpecker-campaigns-mcp: Woodpecker.co campaigns for AI assistants, over MCP",
    "",
    "woodpecker-campaigns-mcp [options]            MCP on stdio",
    "woodpecker-campaigns-mcp --http [options]     MCP over Streamable HTTP",
    ...Object.entries(commands).map(
      ([name, about]) => `woodpecker-campaigns-mcp ${name.padEnd(20)} ${about}`,
    ),
    "",
    ...rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`),
  ].join("\n");
}
