/** docs/faults.md, A, on the way there: certificates, ports that speak something else, proxies. */
import { writeFileSync } from "node:fs";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { newFolder } from "../support/folder.ts";
import { KEY } from "../support/upstream.ts";
import { selfSigned } from "./certificate.ts";
import { fault, type Tools } from "./fault.ts";
import { notSent } from "./lines.ts";

describe("TLS and proxies", () => {
  const bad = {
    "self-signed": { host: "127.0.0.1", from: 2020, to: 2090, trusted: false },
    "of another host": { host: "woodpecker.example", from: 2020, to: 2090, trusted: true },
    expired: { host: "127.0.0.1", from: 2000, to: 2001, trusted: true },
  };
  for (const [name, { trusted, ...wanted }] of Object.entries(bad)) {
    fault("F021", `nothing was sent, and how to fix it (${name})`, async (_open, tools) => {
      const secure = await startTls(tools, wanted);
      const extra: Record<string, string> = trusted ? { NODE_EXTRA_CA_CERTS: secure.certFile } : {};
      const program = await tools.start({
        env: { WOODPECKER_API_KEY: KEY, WOODPECKER_API_URL: `https://127.0.0.1:${secure.port}`, ...extra },
      });
      const { failed, text } = await program.call("stop_campaign", { campaign_id: 2101 });
      expect(failed).toBe(true);
      expect(text).toContain(notSent);
      expect(text).toContain("NODE_EXTRA_CA_CERTS");
      // One look at the campaign, one stop; neither is repeated.
      expect(secure.connections()).toBe(2);
      expect(secure.requests()).toBe(0);
    });
  }

  fault("F021", "a good certificate works, so that the others fail for their fault", async (_open, tools) => {
    const secure = await startTls(tools, { host: "127.0.0.1", from: 2020, to: 2090 });
    const program = await tools.start({
      env: {
        WOODPECKER_API_KEY: KEY,
        WOODPECKER_API_URL: `https://127.0.0.1:${secure.port}`,
        NODE_EXTRA_CA_CERTS: secure.certFile,
      },
    });
    expect(await program.call("list_campaigns")).toMatchObject({ failed: false, data: { total: 0 } });
    expect(secure.requests()).toBe(1);
  });

  fault("F022", "nothing was sent", async (open, tools) => {
    const plain = await tools.upstream();
    const session = await open({ origin: plain.origin.replace("http:", "https:") });
    const { text } = await session.call("stop_campaign", { campaign_id: 2101 });
    expect(text).toContain(notSent);
    expect(text).toContain("secure connection to Woodpecker failed");
    expect(plain.requests()).toEqual([]);
  });

  for (const [name, answer] of [
    ["dead", undefined],
    ["that answers 407", "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"],
  ] as const) {
    fault("F023", `nothing was sent, with a hint at the proxy (${name})`, async (_open, tools) => {
      const proxy = await startProxy(tools, answer);
      const url = `http://someone:proxy-pass-77@127.0.0.1:${proxy.port}`;
      const program = await tools.start({
        env: {
          WOODPECKER_API_KEY: KEY,
          WOODPECKER_API_URL: "https://woodpecker.invalid",
          HTTPS_PROXY: url,
          LOG_LEVEL: "debug",
        },
      });
      const { failed, text } = await program.call("stop_campaign", { campaign_id: 2101 });
      expect(failed).toBe(true);
      expect(text).toContain(notSent);
      expect(text).not.toContain("cancelled");
      expect(program.stdout() + program.stderr()).not.toContain("proxy-pass-77");
      expect(proxy.heard()).not.toContain(KEY);
      expect(text).toMatch(/proxy/i);
    });
  }

  for (const [name, env] of [
    ["ALL_PROXY", { ALL_PROXY: "http://127.0.0.1:1" }],
    ["all_proxy, without a scheme", { all_proxy: "127.0.0.1:1" }],
    ["a proxy whose address is none", { HTTPS_PROXY: "http://[" }],
    ["a proxy of a kind that nobody speaks", { HTTPS_PROXY: "gopher://127.0.0.1:1" }],
    ["a SOCKS proxy", { ALL_PROXY: "socks5://127.0.0.1:1" }],
    ["NO_PROXY, which names another host", { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "pecker.invalid" }],
    [
      "NO_PROXY, with another port",
      { HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "woodpecker.invalid:8443" },
    ],
  ] as const) {
    fault("F023", `nothing was sent, with a hint at the proxy (${name})`, async (_open, tools) => {
      const { failed, text } = await stopThrough(tools, env);
      expect(failed).toBe(true);
      expect(text).toContain(notSent);
      expect(text).toContain("the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names did not pass");
    });
  }

  for (const bypass of [
    "woodpecker.invalid",
    ".invalid",
    "*.invalid",
    "x.org, WOODPECKER.INVALID:443",
    "*",
  ]) {
    fault("F023", `a proxy that NO_PROXY bypasses is not blamed (${bypass})`, async (_open, tools) => {
      const { failed, text } = await stopThrough(tools, {
        HTTPS_PROXY: "http://127.0.0.1:1",
        NO_PROXY: bypass,
      });
      expect(failed).toBe(true);
      expect(text).toContain(notSent);
      expect(text).not.toMatch(/proxy that/);
      expect(text).toMatch(/host name could not be resolved|ENOTFOUND|EAI_AGAIN/);
    });
  }

  fault("F023", "a proxy that ALL_PROXY names is used", async (_open, tools) => {
    const proxy = await startProxy(
      tools,
      "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
    );
    await stopThrough(tools, { ALL_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(proxy.heard()).toMatch(/^CONNECT woodpecker\.invalid:443 /);
  });
});

/** A stop that is to reach a host which does not exist, by way of these variables. */
async function stopThrough(tools: Tools, env: Record<string, string>) {
  const program = await tools.start({
    env: { WOODPECKER_API_KEY: KEY, WOODPECKER_API_URL: "https://woodpecker.invalid", ...env },
  });
  return program.call("stop_campaign", { campaign_id: 2101 });
}

/** An HTTPS server with this certificate, which has an empty account. */
async function startTls(tools: Tools, wanted: Parameters<typeof selfSigned>[0]) {
  const certificate = selfSigned(wanted);
  const certFile = join(newFolder(tools.atEnd), "certificate.pem");
  writeFileSync(certFile, certificate.cert);
  let [connections, requests] = [0, 0];
  const server = createHttps({ ...certificate }, (_request, response) => {
    requests += 1;
    response.writeHead(204).end();
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  tools.atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, certFile, connections: () => connections, requests: () => requests };
}

/** A proxy that gives this answer to whatever it hears; without one, a port where nobody is. */
async function startProxy({ atEnd }: Tools, answer: string | undefined) {
  if (answer === undefined) return { port: 1, heard: () => "" };
  let heard = "";
  const server = createTcp((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      heard += chunk;
      socket.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  atEnd(() => server.close());
  return { port, heard: () => heard };
}
