/** The entry to paste: everything that was set, as it was set, with the full paths of this machine. */

import { resolve } from "node:path";
import type { Given } from "../../settings/given.ts";
import type { Settings } from "../../settings/index.ts";
import { type Option, options } from "../../settings/options.ts";
import type { Print } from "../terminal.ts";

/** What a terminal may have set and an assistant does not hand on. */
const ofSystem = [
  "NODE_EXTRA_CA_CERTS",
  ...["https_proxy", "http_proxy", "all_proxy", "no_proxy"].flatMap((name) => [name, name.toUpperCase()]),
  "XDG_STATE_HOME",
];

export function printEntry(settings: Settings, isReady: boolean, print: Print): void {
  const { args: options, env, secret } = startOf(settings);
  const [command, ...script] = program();
  const args = [...script, ...options];
  print("");
  if (isService(settings)) {
    print(`${isReady ? "Ready. " : ""}The service is started with this command and these variables:`);
    print("");
    print(JSON.stringify({ command, args, env }, null, 2));
  } else {
    print(
      isReady
        ? "Ready. If your assistant does not have this server yet, paste this into its configuration:"
        : "With these settings the entry for your assistant's configuration is:",
    );
    print("");
    const entry = { command, args, ...(Object.keys(env).length > 0 && { env }) };
    print(JSON.stringify({ mcpServers: { woodpecker: entry } }, null, 2));
  }
  print("");
  if (secret.length > 0) print(`Fill in what is secret and not shown here: ${secret.join(", ")}.`);
  print("docs/clients/README.md says where that is in each client, and in which form.");
}

/**
 * With the full paths: programs with windows often do not find `node` by its name. What npx fetched lies where it is cleared
 * away, so it is fetched again.
 */
function program(): string[] {
  const path = process.argv[1] as string;
  if (!/[\\/]_npx[\\/]/.test(path)) return [process.execPath, path];
  return [...(process.platform === "win32" ? ["cmd", "/c"] : []), "npx", "-y", "woodpecker-campaigns-mcp"];
}

/** Several accounts are served over HTTP only. */
const isService = ({ http, accountsFile }: Settings) => http || accountsFile !== undefined;

function startOf(settings: Settings) {
  const { given, sandbox, apiKey } = settings;
  const http = isService(settings);
  const args: string[] = [];
  const env: Record<string, string> = {};
  const secret: string[] = [];
  if (http) args.push("--http");
  for (const { name, value, by } of given) {
    const option: Option = options[name];
    const belongs =
      !option.only && (http ? name !== "http" && !isSwitchOff(name) : !option.reach && !option.http);
    if (!belongs || (name === "apiKey" && (sandbox || apiKey === undefined))) continue;
    const text = option.path && value !== "off" ? resolve(value) : value;
    if (by === "flag") args.push(`--${option.flag}`, ...(option.value ? [text] : []));
    else if (option.secret) {
      env[option.env as string] = name === "apiKey" ? "the key" : `the value of ${option.env}`;
      secret.push(option.env as string);
    } else env[option.env as string] = text;
  }
  for (const name of ofSystem) {
    const value = process.env[name]?.trim();
    if (value) env[name] = withoutPassword(value);
    if (value && env[name] !== value) secret.push(`the password in ${name}`);
  }
  return { args, env, secret };
}

/** Printed in place of running. */
const isSwitchOff = (name: Given["name"]) => name === "help" || name === "version";

/** Of the address of a proxy. */
const withoutPassword = (text: string) => text.replace(/(\/\/[^/@:\s]*):[^@\s]*@/, "$1:the-password@");
