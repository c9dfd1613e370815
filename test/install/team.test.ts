/**
 * docs/team.md, played as it stands: each of its commands in a real shell, nginx with TLS and an authority of its own in front of
 * the server, and each entry for a client read in its format and used by real MCP clients. Only the lines that the page says are
 * to be changed are changed. useradd, chown, systemctl and docker are stand-ins (./stand-ins), so that the machine stays as it is.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernHttp,
} from "@modelcontextprotocol/client";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Agent, fetch as fetchWith } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { type Issuer, startIssuer } from "../support/issuer.ts";
import { freePort, installed } from "../support/servers.ts";
import { newClient } from "../support/session.ts";
import { toml } from "./snippet.ts";

interface Block {
  /** Number of the section. */
  step: string;
  language: string;
  /** For whom: nothing for the server's own commands. */
  whose: string;
  text: string;
}

const page = readFileSync("docs/team.md", "utf8");
const blocks: Block[] = page.split(/^## /m).flatMap((section) =>
  [...section.matchAll(/^```(\w+) ?(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, whose, text]) => ({
    step: section.split(/[.\n]/)[0] as string,
    language: language as string,
    whose: whose as string,
    text: text as string,
  })),
);
const SITE = "mcp.example.com";

let root: string;
let stands: string;
let url: string;
let issuer: Issuer;
/** In place of what stands there, in the lines that are to be changed. */
let chosen: Record<string, string>;

/** As a person would paste it; what one block exports the next one has. */
async function paste(text: string): Promise<string> {
  const changed = text.replace(/^export (\w+)=\S*(?=\s|$)/gm, (line, name) =>
    name in chosen ? `export ${name}=${chosen[name]}` : line,
  );
  const before = `set -euo pipefail; [ ! -e ${stands}/exported ] || . ${stands}/exported\n`;
  const child = spawn("bash", ["-c", `${before}${changed}\nexport -p > ${stands}/exported`], {
    env: { PATH: `${resolve("test/install/stand-ins")}:${process.env.PATH}`, HOME: root, STANDS: stands },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  const code = await new Promise((done) => child.on("exit", done));
  const log = existsSync(`${stands}/log`) ? readFileSync(`${stands}/log`, "utf8").slice(-2_000) : "";
  expect(code, `${text}\n${err.slice(-2_000)}\n${log}`).toBe(0);
  return out;
}

const commandsOf = (step: string, whose = "") =>
  blocks.filter((block) => block.step === step && block.language === "sh" && block.whose === whose);
async function play(step: string, whose?: string): Promise<string> {
  const found = commandsOf(step, whose);
  expect(found.length, step).toBeGreaterThan(0);
  let said = "";
  for (const { text } of found) said += await paste(text);
  return said;
}

/** The certificate of the page's own authority, and a name that leads to this machine. */
function trusting() {
  const ca = readFileSync(join(root, "etc/woodpecker-campaigns-mcp/tls/ca.pem"), "utf8");
  const lookup = (_name: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(null, [{ address: "127.0.0.1", family: 4 }]);
  const dispatcher = new Agent({ connect: { ca, lookup: lookup as never } });
  return ((address: URL, init: object) => fetchWith(address, { ...init, dispatcher } as never)) as never;
}

/** What a real client of each era gets to see there. */
async function toolsAt(address: string, headers: Record<string, string>) {
  const options = { fetch: trusting(), requestInit: { headers } };
  const old = newClient({});
  await old.connect(new StreamableHTTPClientTransport(new URL(address), options));
  const modern = new ModernClient(
    { name: "team", version: "1" },
    { versionNegotiation: { mode: { pin: "2026-07-28" } } },
  );
  await modern.connect(new ModernHttp(new URL(address), options));
  const [one, other] = [await old.listTools(), await modern.listTools()];
  expect(one.tools.map(({ name }) => name)).toEqual(other.tools.map(({ name }) => name));
  const title = old.getServerVersion()?.title;
  await Promise.all([old.close(), modern.close()]);
  return { names: one.tools.map(({ name }) => name), title };
}

const token = () =>
  /^declare -x TOKEN="(\w+)"$/m.exec(readFileSync(`${stands}/exported`, "utf8"))?.[1] as string;
const bearer = (value = token()) => ({ Authorization: `Bearer ${value}` });
/** What somebody is told who is not let in. */
const refusal = (name: string, headers: object) =>
  toolsAt(`${url}/mcp/${name}`, headers as Record<string, string>).then(
    () => "let in",
    (error: Error) => error.message,
  );

describe.skipIf(!installed("nginx", "openssl", "curl"))("a team in 15 minutes", () => {
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "team-"));
    stands = join(root, "stands");
    mkdirSync(stands);
    const [tls, port] = [await freePort(), await freePort()];
    url = `https://${SITE}:${tls}`;
    issuer = await startIssuer(`${url}/mcp`);
    chosen = { URL: url, TLS: String(tls), PORT: String(port), ROOT: root, ISSUER: issuer.url };
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${stands}/${name};`,
    );
    writeFileSync(
      join(stands, "nginx.conf"),
      `${process.getuid?.() === 0 ? "user root;" : ""} pid ${stands}/nginx.pid; error_log ${stands}/log crit; events {}
       http { access_log off; ${temporary.join(" ")} include ${root}/etc/nginx/conf.d/*.conf; }`,
    );
  });

  afterAll(async () => {
    for (const name of ["nginx", "woodpecker-campaigns-mcp", "docker"]) {
      const file = join(stands, `${name}.pid`);
      if (existsSync(file)) process.kill(Number(readFileSync(file, "utf8")));
    }
    await issuer.close();
    rmSync(root, { recursive: true, force: true });
  });

  it("is installed and started by its commands, and answers under its name with TLS", async () => {
    await play("1");
    expect(await play("2")).toMatch(/^\d+\.\d+\.\d+$/m);
    await play("3");
    await play("4");
    expect(await play("5")).toContain('{"status":"ready"}');
    expect(await play("6")).toBe('"name":"list_campaigns"\n');
  }, 120_000);

  it("has an entry for each client, with which real clients of both eras see that client's account", async () => {
    const entries = blocks.filter(({ step, whose }) => step === "7" && whose === "client").flatMap(entriesIn);
    expect(entries.map(({ client }) => client)).toEqual([
      "claude",
      "claude",
      "mcp-remote",
      "vscode",
      "cursor",
      "codex",
    ]);
    for (const { name, address, authorization } of entries) {
      expect(address).toBe(`https://${SITE}/mcp/${name}`);
      const { title } = await toolsAt(address.replace(`https://${SITE}`, url), {
        Authorization: authorization.replace("the-token", token()),
      });
      expect(title).toBe(
        name === "northwind" ? "Woodpecker campaigns (Northwind GmbH)" : "Woodpecker campaigns (brightlane)",
      );
    }
  });

  it("gives each account its own access, and nobody without the token anything", async () => {
    expect((await toolsAt(`${url}/mcp/northwind`, bearer())).names).toContain("run_campaign");
    expect((await toolsAt(`${url}/mcp/brightlane`, bearer())).names).not.toContain("run_campaign");
    expect(await refusal("northwind", {})).toContain("a bearer token is needed");
    expect(await refusal("nobody", bearer())).toContain("you may use /mcp/northwind, /mcp/brightlane");
  });

  it("works on after a new version, and only with the new token after a new one", async () => {
    const old = bearer();
    const [update, renewed] = commandsOf("Later") as [Block, Block];
    const client = newClient({});
    const options = { fetch: trusting(), requestInit: { headers: old } };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp/northwind`), options));
    await paste(update.text);
    await ready();
    // Nobody connects again.
    expect((await client.listTools()).tools.length).toBeGreaterThan(10);
    await client.close();
    await paste(renewed.text);
    await ready();
    expect(await refusal("northwind", old)).toContain("a bearer token is needed");
    expect((await toolsAt(`${url}/mcp/northwind`, bearer())).names).toContain("run_campaign");
  }, 60_000);

  it("with sign-in gives each person the accounts that stand in the file", async () => {
    expect(await play("9")).toContain(`"authorization_servers":["${issuer.url}"]`);
    const [anna, bert, dora] = await Promise.all(
      ["auth0|anna", "auth0|bert", "auth0|dora"].map(async (sub) =>
        bearer(await issuer.token({ claims: { sub } })),
      ),
    );
    expect((await toolsAt(`${url}/mcp/northwind`, anna as never)).names).toContain("run_campaign");
    expect((await toolsAt(`${url}/mcp/brightlane`, bert as never)).names).not.toContain("run_campaign");
    expect(await refusal("northwind", bert as never)).toContain("you may use /mcp/brightlane");
    expect(await refusal("northwind", dora as never)).toContain("ask the operator");
    expect(await refusal("northwind", bearer())).not.toBe("let in");
  });

  it("says what people see as it says it", async () => {
    await paste("systemctl stop woodpecker-campaigns-mcp");
    expect(await refusal("northwind", bearer())).toContain("502");
    for (const words of [
      "a bearer token is needed",
      "no Woodpecker key is set for this person; ask the operator",
    ])
      expect(page).toContain(words);
  });

  it("runs in a container by the same files", async () => {
    await play("In a container instead of steps 2 and 5", "container");
    await ready();
    const anna = bearer(await issuer.token({ claims: { sub: "auth0|anna" } }));
    expect((await toolsAt(`${url}/mcp/northwind`, anna)).names).toContain("run_campaign");
  });

  it("reaches Woodpecker itself once the sandbox is taken out", async () => {
    await paste(`kill "$(cat "$STANDS/docker.pid")"; rm "$STANDS/docker.pid"; touch "$STANDS/log"`);
    await play("8");
    await ready();
    const unit = readFileSync(join(root, "etc/systemd/system/woodpecker-campaigns-mcp.service"), "utf8");
    expect(unit).toMatch(/^ExecStart=.* --http .*--port \d+ ?$/m);
  });

  it("has no command that is not played here", () => {
    const played = [
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "8",
      "9",
      "Later",
      "In a container instead of steps 2 and 5",
    ];
    for (const { step } of blocks) expect(played).toContain(step);
  });
});

const ready = () =>
  paste('curl -s -f --retry 9 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$PORT/readyz"');

interface Entry {
  client: string;
  name: string;
  address: string;
  /** With the token filled in, however the client gets it. */
  authorization: string;
}

/** A snippet, as its client reads it. */
function entriesIn({ language, text }: Block): Entry[] {
  if (language === "sh") {
    return text
      .trim()
      .split("\n")
      .map((line) => {
        const [, name = "", address = "", header = ""] =
          /^claude mcp add --scope user --transport http (\S+) (\S+) --header "Authorization: ([^"]+)"$/.exec(
            line,
          ) ?? [];
        return { client: "claude", name, address, authorization: header };
      });
  }
  if (language === "toml") {
    const servers = toml(text).mcp_servers as Data;
    return Object.entries(servers).map(([name, server]: [string, Data]) => {
      expect(server.bearer_token_env_var).toBe("WOODPECKER_TOKEN");
      return { client: "codex", name, address: server.url, authorization: "Bearer the-token" };
    });
  }
  const config = JSON.parse(text);
  return Object.entries<Data>(config.servers ?? config.mcpServers).map(([name, server]) => {
    if (server.command) {
      const [, , address, , header] = server.args;
      const filled = header.replace(/\$\{(\w+)\}/, (_all: string, variable: string) => server.env[variable]);
      return { client: "mcp-remote", name, address, authorization: filled.replace(/^Authorization:/, "") };
    }
    const asked = config.inputs?.[0]?.id;
    const filled = server.headers.Authorization.replace(`\${input:${asked}}`, "the-token").replace(
      `\${env:WOODPECKER_TOKEN}`,
      "the-token",
    );
    return { client: config.servers ? "vscode" : "cursor", name, address: server.url, authorization: filled };
  });
}
