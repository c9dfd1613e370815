/** Over HTTP nobody reads an explanation in a chat before the first call: what is wrong or unsafe ends the process at once. */
import { say } from "../log.ts";
import { isLoopback } from "../values/address.ts";
import type { Settings } from "./index.ts";
import { UsageError } from "./usage-error.ts";

export function checkHttp(settings: Settings): void {
  const { auth, host, sandbox, apiKey, malformedKey, mcpToken, trustProxyTls, allowedHosts, redisUrl } =
    settings;
  const { companyId, accountName } = settings;
  const named = settings.accountsFile !== undefined;
  const open = !isLoopback(host);
  const objections: [boolean, string][] = [
    [
      mcpToken !== undefined && mcpToken.length < 32,
      "WOODPECKER_MCP_TOKEN must have at least 32 characters; `openssl rand -hex 32` makes one",
    ],
    [
      auth !== "env" && (apiKey !== undefined || malformedKey !== undefined),
      `--auth ${auth}: each caller has a key of their own, so WOODPECKER_API_KEY must not be set`,
    ],
    [
      auth !== "env" && sandbox && !named,
      `--auth ${auth} and --sandbox do not go together; start "woodpecker-campaigns-mcp sandbox" and set WOODPECKER_API_URL to it`,
    ],
    [
      auth === "oauth" && mcpToken !== undefined,
      "--auth oauth: callers show tokens of the issuer, so WOODPECKER_MCP_TOKEN must not be set",
    ],
    [
      redisUrl !== undefined && sandbox,
      'WOODPECKER_REDIS_URL and --sandbox do not go together, since each process has a sandbox of its own; start "woodpecker-campaigns-mcp sandbox" and set WOODPECKER_API_URL to it',
    ],
    [
      named && auth === "header",
      "--auth header: each caller brings a key of their own, so WOODPECKER_ACCOUNTS must not be set",
    ],
    [
      auth === "env" && !sandbox && !named && malformedKey !== undefined,
      `what is set as WOODPECKER_API_KEY cannot be an API key: ${malformedKey}; copy it again from Woodpecker, under Add-ons > API keys`,
    ],
    [
      auth === "env" && !sandbox && !named && apiKey === undefined,
      "WOODPECKER_API_KEY is not set; put the key from Woodpecker (Add-ons > API keys) into it, or use --sandbox, or WOODPECKER_ACCOUNTS for several accounts, or --auth header where each caller brings a key",
    ],
    [
      open && auth === "env" && mcpToken === undefined,
      `--host ${host} is reachable by others: set WOODPECKER_MCP_TOKEN, or stay on 127.0.0.1`,
    ],
    [
      open && auth !== "env" && !trustProxyTls,
      `--host ${host} with --auth ${auth}: keys would cross the network in the clear. Put a proxy with TLS in front and say so with --trust-proxy-tls, or stay on 127.0.0.1`,
    ],
  ];
  const wrong = objections.find(([applies]) => applies);
  if (wrong) throw new UsageError(wrong[1]);
  const unused = [
    apiKey !== undefined && "WOODPECKER_API_KEY",
    companyId !== undefined && "WOODPECKER_COMPANY_ID",
    accountName !== undefined && "WOODPECKER_ACCOUNT_NAME",
  ].filter(Boolean);
  if (named && unused.length > 0) {
    say(
      `woodpecker-campaigns-mcp: ${unused.join(" and ")} ${unused.length === 1 ? "is" : "are"} not used: each account of WOODPECKER_ACCOUNTS has its own`,
    );
  }
  if ((host === "0.0.0.0" || host === "::") && allowedHosts.length === 0) {
    say(
      "woodpecker-campaigns-mcp: only requests to localhost will be answered; name the others with --allowed-hosts",
    );
  }
}
