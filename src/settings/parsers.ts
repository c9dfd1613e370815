/** From the text of an option to its value. Each throws a UsageError that names the option and says what it takes. */
import { isLoopback } from "../values/address.ts";
import { faultInKey } from "./api-key.ts";
import type { Limits } from "./limits.ts";
import { type Option, type OptionName, options } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export const nameOf = ({ env, flag }: Option) => [flag && `--${flag}`, env].filter(Boolean).join(" / ");

export function readKey(text: string | undefined): { apiKey?: string; malformedKey?: string } {
  const malformedKey = text && faultInKey(text);
  return malformedKey ? { malformedKey } : text ? { apiKey: text } : {};
}

export const isCompanyId = (text: string) => /^\d{1,12}$/.test(text);

export function readOrigin(text: string): string {
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

export function readCompany(text: string | undefined): string | undefined {
  if (text !== undefined && !isCompanyId(text))
    throw new UsageError(
      `${nameOf(options.companyId)} must be a number, the id of the client company; "woodpecker-campaigns-mcp doctor" without it lists them`,
    );
  return text;
}

export function readLimits(value: (name: OptionName) => string | undefined): Limits {
  const ids = (name: "campaigns" | "mailboxes") => {
    const text = value(name);
    return text === undefined ? undefined : text.split(",").map((one) => readNumber(name, one.trim()));
  };
  const most = (name: OptionName) => {
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

function readNumber(name: OptionName, text: string): number {
  if (!/^\d{1,12}$/.test(text))
    throw new UsageError(
      `${nameOf(options[name])}: "${text}" is not a whole number; write digits alone, such as 2104${/^\d+(?:[;\s]+\d+)+$/.test(text) ? ", and commas between several" : ""}`,
    );
  return Number(text);
}

export function readSwitch(name: OptionName, text: string | undefined): boolean {
  if (text === undefined || text === "0" || text === "false") return false;
  if (text === "1" || text === "true") return true;
  throw new UsageError(`${nameOf(options[name])} must be 1 or 0; got "${text}"`);
}

export function readPort(name: "port" | "metricsPort", text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(
      `--${options[name].flag} must be a number from 0 to 65535, such as --${options[name].flag} 3000`,
    );
  return port;
}

export function readCampaignId(text: string | undefined): number | undefined {
  if (text !== undefined && !/^[1-9]\d{0,11}$/.test(text))
    throw new UsageError(
      `${nameOf(options.campaign)} must be the id of a campaign, such as 2104; "woodpecker-campaigns-mcp list" shows them`,
    );
  return text === undefined ? undefined : Number(text);
}

/** "Kontakt=email,Halle=snippet1" */
export function readColumns(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = listOf(text).map((pair) => {
    const at = pair.lastIndexOf("=");
    if (at < 1)
      throw new UsageError(
        `${nameOf(options.columns)}: "${pair}" is not header=field; an example is Kontakt=email,Halle=snippet1`,
      );
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs);
}

export const listOf = (text = "") =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

export function readHost(text: string): string {
  const host = text.toLowerCase();
  if (URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host && !/:\d+$/.test(host))
    return host;
  throw new UsageError(
    `${nameOf(options.allowedHosts)}: "${text}" is not a host name; one looks like mcp.example.com, without https:// and port`,
  );
}

export function readPageOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new UsageError(
    `${nameOf(options.allowedOrigins)}: "${text}" is not an origin; one looks like https://inspector.example`,
  );
}

export function readRedis(text: string | undefined): string | undefined {
  if (text === undefined || (/^rediss?:\/\//.test(text) && URL.canParse(text))) return text;
  // Not quoted: it may hold a password.
  throw new UsageError(`${nameOf(options.redisUrl)} must look like redis://host:6379 or rediss://host:6379`);
}

export interface OAuthSettings {
  issuer: string;
  audience: string;
  /** Path of the file with each person's key. */
  accounts: string;
}

/** @throws where only a part of it is set */
export function readOAuth(value: (name: OptionName) => string | undefined): OAuthSettings | undefined {
  if (value("auth") !== "oauth") return undefined;
  const [issuer, audience, accounts] = [value("oauthIssuer"), value("oauthAudience"), value("oauthAccounts")];
  for (const [name, url] of [
    ["oauthIssuer", issuer],
    ["oauthAudience", audience],
  ] as const) {
    if (url === undefined || !isSafeUrl(url)) {
      throw new UsageError(
        `AUTH_MODE oauth needs ${options[name].env}: an https URL (or http on loopback), such as ${urls[name]}`,
      );
    }
  }
  if (accounts === undefined)
    throw new UsageError(
      `AUTH_MODE oauth needs ${options.oauthAccounts.env}: the path of a JSON file, {"subject": {"api_key": "…"}}`,
    );
  return { issuer: issuer as string, audience: audience as string, accounts };
}

const urls = { oauthIssuer: "https://login.example.com", oauthAudience: "https://mcp.example.com/mcp" };

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}
