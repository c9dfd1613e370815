/**
 * The Dockerfile, as far as it goes without Docker: what it may not hold, that what it copies is enough to build and start,
 * and that its health check tells a server that lives from one that does not.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { start } from "../support/program.ts";

interface Instruction {
  word: string;
  rest: string;
}

const instructions: Instruction[] = readFileSync("Dockerfile", "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => ({ word: line.split(" ")[0] as string, rest: line.slice(line.indexOf(" ") + 1) }));

const at = instructions.findLastIndex(({ word }) => word === "FROM");
const building = instructions.slice(0, at);
const final = instructions.slice(at);
const all = (part: Instruction[], wanted: string) =>
  part.filter(({ word }) => word === wanted).map(({ rest }) => rest);

/** What is copied from the repository, not from another stage. */
const copied = (part: Instruction[]) =>
  all(part, "COPY")
    .filter((rest) => !rest.startsWith("--from"))
    .flatMap((rest) => rest.split(" ").slice(0, -1));

const folder = mkdtempSync(join(tmpdir(), "docker-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the Dockerfile", () => {
  it("builds in one stage and ships another, both from one pinned Node that is new enough", () => {
    const bases = all(instructions, "FROM").map((rest) => rest.split(" ")[0]);
    expect(bases).toHaveLength(2);
    expect(new Set(bases).size).toBe(1);
    const [major, minor] =
      /^node:(\d+)\.(\d+)-slim$/
        .exec(bases[0] as string)
        ?.slice(1)
        .map(Number) ?? [];
    const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
    const least = Number(/^>=(\d+)\./.exec(engines.node)?.[1]);
    expect(major).toBeGreaterThan(least);
    expect(minor).toBeGreaterThanOrEqual(0);
  });

  it("runs as nobody special, and its program gets the signals", () => {
    expect(all(final, "USER")).toEqual(["node"]);
    const user = final.findIndex(({ word }) => word === "USER");
    expect(final.slice(user).map(({ word }) => word)).not.toContain("RUN");
    for (const word of ["ENTRYPOINT", "CMD"])
      expect(all(final, word)).toEqual([expect.stringMatching(/^\[".*"\]$/)]);
  });

  it("holds no secret, and takes none while it is built", () => {
    expect(all(instructions, "ARG")).toEqual([]);
    for (const rest of all(instructions, "ENV")) expect(rest).not.toMatch(/KEY|TOKEN|SECRET|PASSWORD|REDIS/i);
    // Only what is named gets into the build at all.
    const [first, ...named] = readFileSync(".dockerignore", "utf8").trim().split("\n");
    expect(first).toBe("*");
    const taken = [...copied(building), ...copied(final)];
    expect(named.map((line) => line.replace("!", "")).sort()).toEqual(taken.sort());
    for (const path of taken) expect(existsSync(path), path).toBe(true);
  });

  it("copies all that the build and the start need", () => {
    const [build, app] = [join(folder, "build"), join(folder, "app")];
    for (const path of copied(building)) cpSync(path, join(build, path), { recursive: true });
    // In place of npm ci, which needs the network.
    symlinkSync(resolve("node_modules"), join(build, "node_modules"));
    const [install, command = ""] = all(building, "RUN");
    expect(install).toMatch(/^npm ci /);
    const [program = "", ...args] = command.split(" ");
    const built = spawnSync(program, args, { cwd: build, encoding: "utf8" });
    expect([built.status, built.stderr]).toEqual([0, ""]);

    cpSync(join(build, "dist"), join(app, "dist"), { recursive: true });
    const [entry = "", ...entryArgs] = JSON.parse(all(final, "ENTRYPOINT")[0] as string) as string[];
    const run = (more: string[], env: NodeJS.ProcessEnv = {}) =>
      spawnSync(entry, [...entryArgs, ...more], {
        cwd: app,
        encoding: "utf8",
        env: { PATH: process.env.PATH, ...env },
      });
    expect(run(["doctor", "--sandbox"])).toMatchObject({ status: 0, stderr: "" });
    // As it is started without anything: what is missing is said, and nothing is open to others.
    const bare = run(JSON.parse(all(final, "CMD")[0] as string));
    expect([bare.status, bare.stderr]).toEqual([2, expect.stringContaining("WOODPECKER_API_KEY is not set")]);
  });

  it("knows by its health check whether the server lives", async () => {
    const [command = "", ...args] = JSON.parse(
      /CMD (\[.*\])$/.exec(all(final, "HEALTHCHECK")[0] as string)?.[1] as string,
    );
    const server = start(["--http", "--sandbox", "--port", "0"]);
    const [, port = ""] = await server.said(/listening on http:\/\/127\.0\.0\.1:(\d+)/);
    expect(all(final, "EXPOSE")).toEqual(["3000"]);
    const check = () =>
      spawnSync(
        command,
        args.map((arg: string) => arg.replace("127.0.0.1:3000", `127.0.0.1:${port}`)),
      ).status;
    expect(check()).toBe(0);
    server.child.kill("SIGTERM");
    await server.ended();
    expect(check()).toBe(1);
  });
});
