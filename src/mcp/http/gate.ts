/**
 * Which requests are listened to at all: Host and Origin must be ours or on the operator's lists, so that a web page in
 * somebody's browser reaches no tool, whatever its name resolves to.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Settings } from "../../settings/index.ts";
import { hostInUrl } from "../../values/address.ts";

export interface Gate {
  /** Why the request is not listened to: where it comes from, or where it says it goes. */
  objection(request: IncomingMessage): string | undefined;
  /** Says to a browser that this page may call; nothing for any other. */
  welcome(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * @param host that is listened on; `allowedHosts` are names under which clients reach the server besides those of this machine,
 *   `allowedOrigins` web pages that may call, such as https://inspector.example
 */
export function createGate({ host, allowedHosts, allowedOrigins }: Settings): Gate {
  const hosts = new Set(["localhost", "127.0.0.1", "[::1]", hostInUrl(host), ...allowedHosts.map(hostInUrl)]);
  const origins = new Set(allowedOrigins);
  return {
    objection({ headers: { host: asked = "", origin } }) {
      if (!isNamed(`http://${asked}`, hosts)) return "this Host is not allowed";
      if (origin === undefined || origins.has(origin) || isNamed(origin, hosts)) return undefined;
      return "this Origin is not allowed";
    },
    welcome({ headers: { origin } }, response) {
      if (origin === undefined || !origins.has(origin)) return;
      response.setHeader("access-control-allow-origin", origin);
      response.setHeader("vary", "Origin");
      response.setHeader("access-control-allow-methods", "POST, GET, DELETE");
      response.setHeader(
        "access-control-allow-headers",
        "authorization, content-type, accept, mcp-protocol-version, mcp-method, mcp-name, mcp-session-id, x-woodpecker-api-key, x-woodpecker-company-id",
      );
      response.setHeader("access-control-expose-headers", "mcp-session-id, www-authenticate");
    },
  };
}

/** Scheme, name and port, and nothing else that a URL may hold. */
const bare = /^https?:\/\/[^\s/\\?#@]+$/;

/** The host name in the URL, whatever its port, is one of ours. */
const isNamed = (url: string, hosts: Set<string>) =>
  bare.test(url) && URL.canParse(url) && hosts.has(new URL(url).hostname);
