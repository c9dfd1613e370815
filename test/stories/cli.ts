/** What the stories have in common: a terminal to type in, and an assistant that is started by the entry of a configuration. */
import { spawn } from "node:child_process";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect } from "vitest";
import { callsOf, type Data } from "../support/answer.ts";
import { atEnd } from "../support/at-end.ts";
import { bare, main, runToEnd } from "../support/program.ts";
import { type Environment, newClient } from "../support/session.ts";

/** The entry that doctor prints, with the key filled in as its reader does. */
export async function entryOf(env: Environment, args: string[] = []): Promise<Data> {
  const { code, stdout } = await runToEnd(["doctor", ...args], env);
  expect([code, stdout]).toEqual([0, expect.stringContaining("Ready.")]);
  const { mcpServers } = JSON.parse(/\n(\{[\s\S]*\n\})\n/.exec(stdout)?.[1] as string);
  const { woodpecker } = mcpServers;
  return { ...woodpecker, env: { ...woodpecker.env, WOODPECKER_API_KEY: env.WOODPECKER_API_KEY } };
}

/** As a client starts it: with the entry, and nothing of the terminal. */
export async function assistant({ command, args, env }: Data) {
  const client = newClient({});
  await client.connect(
    new StdioClientTransport({
      command,
      args,
      env: { PATH: process.env.PATH ?? "", ...env },
      stderr: "ignore",
    }),
  );
  atEnd(() => client.close());
  return { client, ...callsOf(client) };
}

/** In a terminal of its own (script, of util-linux), with what a person types. */
export const typed = (command: string, words: string, env: Environment) =>
  new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = spawn("script", ["-qec", `${process.execPath} ${main} ${command}`, "/dev/null"], {
      env: bare(env),
    });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.once("close", (code) => resolve({ code, out }));
    child.stdin.end(words);
  });
