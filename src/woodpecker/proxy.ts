/** Which proxy of the environment a request goes through: what runs on this machine and what NO_PROXY names needs none. */
import { isLoopback } from "../values/address.ts";

const PORTS: Record<string, number> = { "http:": 80, "https:": 443 };

/** @returns its address; nothing where the request goes straight */
export function proxyFor(url: string): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  if (isLoopback(hostname)) return undefined;
  const named =
    (protocol === "https:" && variable("https_proxy")) || variable("http_proxy") || variable("all_proxy");
  if (!named || isBypassed(hostname, Number(port) || (PORTS[protocol] ?? 0))) return undefined;
  return named.includes("://") ? named : `http://${named}`;
}

/** In small letters first, as curl does. */
const variable = (name: string) => process.env[name]?.trim() || process.env[name.toUpperCase()]?.trim() || "";

/** `host`, `.host` and `*.host` all mean the host and everything below it; `*` alone means everything. */
function isBypassed(host: string, port: number): boolean {
  return variable("no_proxy")
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = entry, only] = /^(.+?):(\d+)$/.exec(entry) ?? [];
      if (only !== undefined && Number(only) !== port) return false;
      const ending = name.replace(/^\*?\./, "");
      return ending === "*" || host === ending || host.endsWith(`.${ending}`);
    });
}
