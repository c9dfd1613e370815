/** The examples of docs/deploy.md start the server as they stand. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { checkHttp } from "../../src/settings/check-http.ts";
import { readSettings } from "../../src/settings/index.ts";
import { type Option, options } from "../../src/settings/options.ts";
import type { Data } from "../support/answer.ts";

const read = (name: string) => readFileSync(`deploy/${name}`, "utf8");
const known = Object.values(options as Record<string, Option>).flatMap(({ env }) => env ?? []);
const KEY = "key-of-the-tests-1234";

describe("deploy/", () => {
  it("Kubernetes: the arguments and variables are ours, and the settings are accepted", () => {
    const documents = parseAllDocuments(read("kubernetes.yaml"));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const [deployment, service, ingress] = documents.map((document) => document.toJS() as Data);
    const [container] = deployment.spec.template.spec.containers;
    const env = Object.fromEntries(container.env.map(({ name, value }: Data) => [name, value]));
    for (const name of Object.keys(env)) expect(known).toContain(name);
    for (const value of Object.values(env)) expect(value).toBeTypeOf("string");
    const settings = readSettings(container.args, { ...env, WOODPECKER_REDIS_URL: "redis://redis:6379" });
    expect(() => checkHttp(settings)).not.toThrow();
    const ports = Object.fromEntries(container.ports.map((port: Data) => [port.name, port.containerPort]));
    expect(ports).toEqual({ mcp: settings.port, metrics: settings.metricsPort });
    expect(settings.allowedHosts).toEqual(ingress.spec.rules.map(({ host }: Data) => host));
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
  });

  it("systemd: the command line and the variables are ours, and the settings are accepted", () => {
    const unit = read("woodpecker-campaigns-mcp.service");
    const [, command = ""] = /^ExecStart=\S+ \S+main\.cjs (.*)$/m.exec(unit) ?? [];
    const [, name = "", value = ""] = /^Environment=(\w+)=(.*)$/m.exec(unit) ?? [];
    expect(known).toContain(name);
    const settings = readSettings(command.split(" "), { [name]: value, WOODPECKER_API_KEY: KEY });
    expect(settings.http).toBe(true);
    expect(() => checkHttp(settings)).not.toThrow();
  });

  it("every variable and flag that docs/deploy.md names exists", () => {
    const text = readFileSync("docs/deploy.md", "utf8");
    const named = text.match(/\b(?:WOODPECKER|ALLOWED|TRUST|AUTH|LOG)_[A-Z_]*[A-Z](?![A-Z_…])/g) ?? [];
    for (const name of named.filter((one) => one !== "WOODPECKER_MAX")) expect(known).toContain(name);
    const flags = Object.values(options as Record<string, Option>).map(({ flag }) => `--${flag}`);
    for (const flag of text.match(/(?<=`)--[a-z-]+/g) ?? []) expect(flags).toContain(flag);
  });
});
