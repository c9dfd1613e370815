/** `doctor` at a real sandbox, and at everything that can be wrong on the way to it: what is wrong, and what a person does. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import type { SandboxFailure } from "../../src/sandbox/types.ts";
import { selfSigned } from "../faults/certificate.ts";
import { runHere } from "../support/command.ts";
import { main, runToEnd } from "../support/program.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function woodpecker(options: SandboxOptions = {}): Promise<Sandbox & { env: Record<string, string> }> {
  const sandbox = await startSandbox(options);
  cleanups.push(sandbox.close);
  return {
    ...sandbox,
    env: { WOODPECKER_API_URL: sandbox.origin, WOODPECKER_API_KEY: sandbox.key, WOODPECKER_LEDGER: "off" },
  };
}

/** @param run in a process of its own where Node itself reads a variable, and once at all */
async function doctor(env: Record<string, string>, args: string[] = [], run = runHere) {
  const { code, stdout, stderr } = await run(["doctor", ...args], env);
  expect(stderr.replace(/^Warning: Ignoring extra certs.*\n/, "")).toBe("");
  return { code, stdout };
}

describe("doctor, where all is well", () => {
  it("says so, and prints an entry with the full paths of this machine", async () => {
    const { env } = await woodpecker();
    const { code, stdout } = await doctor(env, [], runToEnd);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /ok +API key[\s\S]*ok +Campaigns: 6, 1 running[\s\S]*note +Mailboxes: 3 of 4 can send\n +504 /,
    );
    expect(stdout).not.toContain(env.WOODPECKER_API_KEY);
    const { mcpServers } = JSON.parse(/\n(\{[\s\S]*\n\})\n/.exec(stdout)?.[1] as string);
    expect(mcpServers.woodpecker).toEqual({
      command: process.execPath,
      args: [expect.stringContaining(main)],
      env: { ...env, WOODPECKER_STATE_DIR: "off", WOODPECKER_API_KEY: "the key" },
    });
  });

  it("keeps --sandbox in that entry, and needs no key there", async () => {
    const { code, stdout } = await doctor({}, ["--sandbox"]);
    expect(code).toBe(0);
    expect(stdout).toContain('"--sandbox"');
    expect(stdout).not.toContain("WOODPECKER_API_KEY");
  });
});

describe("doctor without a usable key", () => {
  it.each([
    ["none", undefined, /^FAIL +API key: none is set/m],
    [
      "one that the host did not fill in",
      ["$", "{user_config.api_key}"].join(""),
      /^FAIL +API key: none is set/m,
    ],
    ["Bearer in front", "Bearer secret-1234567", /cannot be an API key: it begins with "Bearer"/],
    ["its header's name in front", "x-api-key: secret-1234567", /it has its own name in front/],
    ["quotation marks", '"secret-1234567"', /it has quotation marks/],
    ["curly quotation marks", "“secret-1234567”", /it has quotation marks/],
    ["the example of the README", "your key", /still the example/],
    ["an example in brackets", "<YOUR_API_KEY>", /still the example/],
    ["a line break", "secret-\n1234567", /a blank or a line break/],
    ["an invisible character", "secret-1234567\u200b", /perhaps an invisible one/],
    ["half a key", "secret", /too short/],
    ["two pages of text", "secret".repeat(50), /too long/],
  ])("(%s): what it is, where to get one, where to paste it", async (_name, key, says) => {
    const { env, requests } = await woodpecker();
    const { WOODPECKER_API_KEY: _good, ...rest } = env;
    const { code, stdout } = await doctor({ ...rest, ...(key !== undefined && { WOODPECKER_API_KEY: key }) });
    expect(code).toBe(1);
    expect(stdout).toMatch(says);
    for (const words of ["Add-ons > API keys", '"env": { "WOODPECKER_API_KEY"', "Restart the assistant"])
      expect(stdout).toContain(words);
    expect(stdout).not.toMatch(/secret|user_config/);
    expect(requests).toEqual([]);
  });
});

describe("doctor of a server where each caller has a key", () => {
  it("says so, and how to look at one", async () => {
    const { code, stdout } = await doctor({ AUTH_MODE: "header", WOODPECKER_LEDGER: "off" });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^FAIL +API key: with AUTH_MODE header each caller has one of their own\n +To look at one of them/m,
    );
  });
});

const refusal = (status: number, detail: string): SandboxFailure => ({
  path: /\/me$/,
  status,
  body: { title: "Unauthorized", status, detail, timestamp: "2026-11-22T08:00:00Z" },
});

describe("doctor, where Woodpecker refuses", () => {
  it("a wrong key: says where to compare it", async () => {
    const { env } = await woodpecker();
    const { code, stdout } = await doctor({ ...env, WOODPECKER_API_KEY: "another-key-1" });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +API key: Woodpecker does not know this key \(E_SESSION, HTTP 401\)/m);
    expect(stdout).toContain("was it copied whole?");
    expect(stdout).toContain("Not looked at, because of that: Client company, Campaigns, Mailboxes.");
    expect(stdout).not.toContain("another-key-1");
  });

  it.each([
    [401, "No API addon"],
    [401, "Upgrade your plan"],
    [403, "No permission"],
    [402, "Payment required"],
  ])("the account (%d %s): names the add-on and the subscription, not the key", async (status, detail) => {
    const { env, failNext } = await woodpecker();
    failNext(refusal(status, detail));
    const { code, stdout } = await doctor(env);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +API key: Woodpecker does not let this account use the API/m);
    expect(stdout).toContain('"API keys & integrations" add-on');
    expect(stdout).not.toContain("Create a key");
  });

  it("for lack of time: says to come back", async () => {
    const { env, failNext } = await woodpecker();
    failNext({ path: /\/me$/, status: 503, times: 9 });
    const { code, stdout } = await doctor(env);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +API key: .*HTTP 503\)\n +Wait a minute/m);
  });
});

describe("doctor of an agency", () => {
  it("says that no client is chosen, and which there are", async () => {
    const { env } = await woodpecker({ agency: true });
    const { code, stdout } = await doctor(env);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^note +Client company: none is chosen.*agency's own account\n.*7001 "Northwind", 7002 "Harborline"/m,
    );
  });

  it.each([401, 403, 404, 500])(
    "is not mistaken for one by a key that may not list companies (%d)",
    async (status) => {
      const { env, failNext } = await woodpecker();
      failNext({ path: /\/agency\//, status, times: 9 });
      const { code, stdout } = await doctor(env);
      expect(code).toBe(0);
      expect(stdout).not.toContain("Client company");
    },
  );

  it("names the client that is chosen", async () => {
    const { env } = await woodpecker({ agency: true });
    const { code, stdout } = await doctor(env, ["--company-id", "7001"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +Client company: 7001 "Northwind"$/m);
  });

  it("refuses a client that there is not, and lists those that there are", async () => {
    const { env } = await woodpecker({ agency: true });
    const { code, stdout } = await doctor({ ...env, WOODPECKER_COMPANY_ID: "99" });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^FAIL +Client company: there is no client company 99\n.*WOODPECKER_COMPANY_ID.*7001 "Northwind"/m,
    );
  });

  it("without an agency's key: says who can choose a client", async () => {
    const { env } = await woodpecker();
    const { code, stdout } = await doctor(env, ["--company-id", "99"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^note +Client company: 99 is set.*\n.*headquarters/m);
  });
});

describe("doctor, where Woodpecker cannot be reached", () => {
  const key = { WOODPECKER_API_KEY: "some-key-0001", WOODPECKER_LEDGER: "off" };

  it("no such name: looks at the connection and at WOODPECKER_API_URL", async () => {
    const { code, stdout } = await doctor({ ...key, WOODPECKER_API_URL: "https://woodpecker.invalid" });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +API key: this computer finds no address for woodpecker\.invalid/m);
    for (const words of ["https://woodpecker.invalid in a browser", "WOODPECKER_API_URL", "HTTPS_PROXY"])
      expect(stdout).toContain(words);
  });

  it("nobody listens", async () => {
    const { origin, close } = await startSandbox();
    await close();
    const { code, stdout } = await doctor({ ...key, WOODPECKER_API_URL: origin });
    expect(code).toBe(1);
    expect(stdout).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  it("a dead proxy: names the variables", async () => {
    const { code, stdout } = await doctor({ ...key, HTTPS_PROXY: "http://127.0.0.1:9" });
    expect(code).toBe(1);
    for (const words of ["the proxy of HTTPS_PROXY", "name:password@host:port", "NO_PROXY=api.woodpecker.co"])
      expect(stdout).toContain(words);
  });

  it.each([
    ["that nobody here signed", { from: 2020, to: 2090 }, false, ["does not trust", "NODE_EXTRA_CA_CERTS"]],
    ["that is out of date", { from: 2000, to: 2001 }, true, ["not valid today", "date of this computer"]],
  ])("a certificate %s", async (_name, years, trusted, says) => {
    const folder = mkdtempSync(join(tmpdir(), "doctor-"));
    const pem = selfSigned({ host: "127.0.0.1", ...years });
    const file = join(folder, "company.pem");
    writeFileSync(file, pem.cert);
    const server = createHttps({ ...pem }, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanups.push(
      () => rmSync(folder, { recursive: true }),
      () => new Promise((resolve) => server.close(resolve)),
    );
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const extra: Record<string, string> = trusted ? { NODE_EXTRA_CA_CERTS: file } : {};
    const { code, stdout } = await doctor(
      { ...key, ...extra, WOODPECKER_API_URL: url },
      [],
      trusted ? runToEnd : runHere,
    );
    expect(code).toBe(1);
    for (const words of says) expect(stdout).toContain(words);
  });

  it("a web page in its place: a login page of the network", async () => {
    const { env, failNext } = await woodpecker();
    failNext({ path: /\/me$/, status: 200, body: "<html>Welcome, please log in</html>", times: 9 });
    const { code, stdout } = await doctor(env);
    expect(code).toBe(1);
    expect(stdout).toContain("is not Woodpecker's API");
    expect(stdout).toContain("login page");
  });
});

describe("doctor on this machine", () => {
  it("names a certificate file that is not there", async () => {
    const { env } = await woodpecker();
    const { code, stdout } = await doctor({ ...env, NODE_EXTRA_CA_CERTS: "/no/such/company.pem" });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL +Company certificate: NODE_EXTRA_CA_CERTS names \/no\/such\/company\.pem/m);
    expect(stdout).toMatch(/^ok +API key/m);
  });

  it.each([
    ["0", 0, /^note +Ledger of writes: .* writes are carried out and not recorded/m],
    ["1", 1, /^FAIL +Ledger of writes: .* no write is carried out/m],
  ])("says what a ledger that cannot be written means (strict %s)", async (strict, code, says) => {
    const { env } = await woodpecker();
    const folder = mkdtempSync(join(tmpdir(), "doctor-"));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "file");
    writeFileSync(file, "no folder");
    const ledger = { WOODPECKER_LEDGER: join(file, "ledger.jsonl"), WOODPECKER_LEDGER_STRICT: strict };
    const result = await doctor({ ...env, ...ledger });
    expect(result.code).toBe(code);
    expect(result.stdout).toMatch(says);
    expect(result.stdout).toContain("WOODPECKER_LEDGER=off");
  });

  it("does not make the ledger while it looks at it", async () => {
    const { env } = await woodpecker();
    const folder = mkdtempSync(join(tmpdir(), "doctor-"));
    const ledger = join(folder, "new", "ledger.jsonl");
    const { stdout } = await doctor({ ...env, WOODPECKER_LEDGER: ledger });
    expect(stdout).toContain(`Ledger of writes: ${ledger}`);
    expect(() => rmSync(join(folder, "new"))).toThrow("ENOENT");
    rmSync(folder, { recursive: true });
  });
});
