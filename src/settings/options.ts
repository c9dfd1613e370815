/** Every option, once: --help, the README's table, manifest.json and the parsing itself come from here. */
import { accessLevels, toolsets } from "../calls/effects.ts";
import { logLevels } from "../log.ts";
import { commandOptions } from "./command-options.ts";
import type { Command } from "./commands.ts";
import { limitOptions } from "./limit-options.ts";
import { sandboxOptions } from "./sandbox-options.ts";

const authModes = ["env", "header", "oauth"] as const;
export type AuthMode = (typeof authModes)[number];

export interface Option {
  env?: string;
  flag?: string;
  /** One letter, for what people type often. */
  short?: string;
  /** The command that it belongs to; without it to all. */
  only?: Command | `${Command} or ${Command}`;
  /** What follows the flag in --help; a flag without it is a switch. */
  value?: string;
  about: string;
  fallback?: string;
  /** One of, or for `list` a comma list out of. */
  among?: readonly string[];
  list?: true;
  secret?: true;
  /** A file or a folder: ~ stands for the home folder. `off` is none where `about` says so. */
  path?: true;
  /** What the operator allows at most. */
  limit?: true;
  /** How the process is reached, or what it prints in place of running: no part of an entry for a client. */
  reach?: true;
  /** Counts with --http, and for the doctor; elsewhere its variable may be another program's. */
  http?: true;
  /** Counts with --sandbox, and for the command sandbox. */
  sandbox?: true;
  /** How Claude Desktop asks for it; options without it are not asked for. */
  title?: string;
  /** The text below the field there, when `about` is not meant for its reader. */
  hint?: string;
}

export const options = {
  apiKey: {
    env: "WOODPECKER_API_KEY",
    about: "The Woodpecker API key (Add-ons > API keys). Environment only, so that it is in no process list.",
    secret: true,
    title: "Woodpecker API key",
    hint: "In Woodpecker: Add-ons > API keys. It stays on this computer. Without it every tool only says what is missing.",
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
    hint: "Which client the assistant works for; ask it to list the companies. Blank: your own company.",
  },
  accountName: {
    env: "WOODPECKER_ACCOUNT_NAME",
    flag: "account-name",
    value: "name",
    about: "What this account is called in questions and answers, for whoever works with several.",
    title: "Name of the account",
    hint: "Shown in every question, so that you see whose campaign it is. Useful with several accounts; blank: none.",
  },
  forms: {
    env: "WOODPECKER_FORMS",
    flag: "forms",
    value: "how",
    about:
      "How a person agrees: auto asks by a form where the client shows forms, else in the chat; off always in the chat; require never through the model: by a form, the launch card, or the command approve in a terminal.",
    fallback: "auto",
    among: ["auto", "off", "require"],
  },
  stateDir: {
    path: true,
    env: "WOODPECKER_STATE_DIR",
    about:
      "Folder for what outlives a process: the secret of confirmations, those that were used, whose turn it is to write, the ids that each import brought in (30 days). off keeps them in memory.",
  },
  access: {
    env: "WOODPECKER_ACCESS",
    flag: "access",
    value: "level",
    about:
      "What the assistant may do: read looks only; draft also prepares, edits, pauses and stops; full also launches and deletes, after asking.",
    fallback: "full",
    among: accessLevels,
    title: "Access: read, draft or full",
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
  ...limitOptions,
  dryRun: {
    env: "WOODPECKER_DRY_RUN",
    flag: "dry-run",
    about: "No write leaves; each shows the request it would have been. As a variable: 1.",
  },
  ledger: {
    path: true,
    env: "WOODPECKER_LEDGER",
    about:
      "File of the ledger of writes, or off. Default: in the state folder of the system; with --sandbox off.",
  },
  ledgerStrict: {
    env: "WOODPECKER_LEDGER_STRICT",
    about: "1: what cannot be written into the ledger is not done, unless it stops sending.",
  },
  mcpToken: {
    http: true,
    env: "WOODPECKER_MCP_TOKEN",
    about:
      "HTTP: the bearer token that clients must show, at least 32 characters. Required off loopback with AUTH_MODE env.",
    secret: true,
  },
  auth: {
    http: true,
    env: "AUTH_MODE",
    flag: "auth",
    value: "mode",
    about:
      "HTTP: whose key a call uses. env: the one of this process; header: the caller's own, in x-woodpecker-api-key; oauth: the one that the operator gave to the person.",
    fallback: "env",
    among: authModes,
  },
  accountsFile: {
    http: true,
    path: true,
    env: "WOODPECKER_ACCOUNTS",
    about:
      'HTTP: JSON file of several accounts {"alpha": {"api_key": "…", "company_id": 12, "name": "Alpha Ltd", "access": "draft"}}, each served at /mcp/<name>; read again when it changes.',
  },
  oauthIssuer: {
    http: true,
    env: "WOODPECKER_OAUTH_ISSUER",
    about: "AUTH_MODE oauth: who issues the access tokens, an https URL as it stands in their iss.",
  },
  oauthAudience: {
    http: true,
    env: "WOODPECKER_OAUTH_AUDIENCE",
    about: "AUTH_MODE oauth: the URL under which clients reach /mcp; tokens must be made out to it (aud).",
  },
  oauthAccounts: {
    path: true,
    http: true,
    env: "WOODPECKER_OAUTH_ACCOUNTS",
    about:
      'AUTH_MODE oauth: JSON file {"subject": {"accounts": ["alpha"]}}, names of WOODPECKER_ACCOUNTS, or {"subject": {"api_key": "…", "company_id": 12}}; read again when it changes.',
  },
  allowedHosts: {
    http: true,
    env: "ALLOWED_HOSTS",
    flag: "allowed-hosts",
    value: "names",
    about: "HTTP: host names under which clients reach the server, besides localhost, as a comma list.",
  },
  allowedOrigins: {
    http: true,
    env: "ALLOWED_ORIGINS",
    flag: "allowed-origins",
    value: "origins",
    about: "HTTP: origins of web pages that may call, such as https://inspector.example, as a comma list.",
  },
  trustProxyTls: {
    http: true,
    env: "TRUST_PROXY_TLS",
    flag: "trust-proxy-tls",
    about:
      "HTTP: a proxy in front takes TLS only. Required off loopback with AUTH_MODE header and oauth, since keys come over the wire.",
  },
  sessions: {
    http: true,
    flag: "sessions",
    about: "HTTP: keep sessions, so that clients that can show a form are asked with one.",
  },
  redisUrl: {
    env: "WOODPECKER_REDIS_URL",
    about:
      "Redis or Valkey (redis:// or rediss://) through which several replicas work for one account as if they were one.",
    secret: true,
  },
  metricsPort: {
    http: true,
    env: "WOODPECKER_METRICS_PORT",
    flag: "metrics-port",
    value: "number",
    about: "HTTP: serve OpenMetrics at /metrics on this port too, 0 picks a free one.",
  },
  logLevel: {
    env: "LOG_LEVEL",
    flag: "log-level",
    value: "level",
    about: "Least level of the JSON lines on stderr.",
    fallback: "warn",
    among: logLevels,
  },
  ...sandboxOptions,
  http: { reach: true, flag: "http", about: "Serve Streamable HTTP at /mcp instead of stdio." },
  host: {
    reach: true,
    flag: "host",
    value: "address",
    about: "HTTP: address to listen on.",
    fallback: "127.0.0.1",
  },
  port: {
    reach: true,
    flag: "port",
    value: "number",
    about: "HTTP and sandbox: port, 0 picks a free one. Default 3000, sandbox 4010.",
  },
  ...commandOptions,
  help: { reach: true, flag: "help", about: "Show this help." },
  version: { reach: true, flag: "version", about: "Show the version." },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;
