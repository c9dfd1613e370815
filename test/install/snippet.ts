/** What a snippet of docs/clients tells a client to start, read in the client's own format. */
import { readdirSync, readFileSync } from "node:fs";

export interface Snippet {
  file: string;
  /** The keys that lead to the entry. */
  path: string[];
  command: string;
  args: string[];
  env: Record<string, string>;
  /** What the client asks its user for. */
  inputs: { id: string; type: string; password?: boolean }[];
}

type Entry = Pick<Snippet, "command" | "args" | "env">;

export const folder = "docs/clients";

export function readSnippets(): Snippet[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(?!md$)\w+$/.test(name))
    .map((file) => {
      const extension = file.split(".").at(-1) as string;
      const read = readers[extension];
      if (!read) throw new Error(`${file}: nobody reads .${extension}`);
      return { inputs: [], ...read(readFileSync(`${folder}/${file}`, "utf8")), file };
    });
}

const readers: Record<
  string,
  (text: string) => Omit<Snippet, "file" | "inputs"> & { inputs?: Snippet["inputs"] }
> = {
  json: (text) => ofObject(JSON.parse(text)),
  jsonc: (text) => ofObject(JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""))),
  toml: (text) => ofObject(toml(text)),
  sh: ofLine,
  cmd: ofLine,
  link: ofLink,
};

function ofObject({ inputs, ...rest }: Record<string, unknown>) {
  const [[top = "", servers] = []] = Object.entries(rest);
  const [[name = "", entry] = []] = Object.entries(servers as Record<string, Entry>);
  return {
    path: [top, name],
    ...(entry as Entry),
    ...(inputs ? { inputs: inputs as Snippet["inputs"] } : {}),
  };
}

/** `<program> mcp add … <name> … --env NAME="value" -- <command> <args>`, one line. */
function ofLine(text: string) {
  const lines = text.trim().split("\n");
  if (lines.length !== 1) throw new Error("more than one line");
  const words = [...text.matchAll(/(?:[^\s"]+|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
  const end = words.indexOf("--");
  const [command = "", ...args] = words.slice(end + 1);
  const before = words.slice(0, end);
  const env = Object.fromEntries(
    before.flatMap((word, at) => (word === "--env" ? [(before[at + 1] as string).split("=")] : [])),
  );
  return {
    path: before.filter((word, at) => !word.startsWith("--") && !before[at - 1]?.startsWith("--")),
    command,
    args,
    env,
  };
}

function ofLink(text: string) {
  const url = new URL(text.trim());
  if (url.protocol === "vscode:") {
    const { name, inputs, type: _stdio, ...entry } = JSON.parse(decodeURIComponent(url.search.slice(1)));
    return { path: [`vscode:${url.pathname}`, name], ...(entry as Entry), inputs };
  }
  const config = Buffer.from(url.searchParams.get("config") as string, "base64").toString();
  return {
    path: [`${url.protocol}//${url.host}${url.pathname}`, url.searchParams.get("name") as string],
    ...(JSON.parse(config) as Entry),
  };
}

/** The little of TOML that the snippets use: tables, strings, lists of strings. Anything else is refused. */
export function toml(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  let table: Record<string, unknown> = root;
  for (const line of text.split("\n").filter(Boolean)) {
    const header = /^\[([\w-]+(?:\.[\w-]+)*)\]$/.exec(line)?.[1];
    const [, key, value] = /^(\w+) = ("[^"\n]*"|\[(?:"[^"\n]*"(?:, )?)+\])$/.exec(line) ?? [];
    if (header) {
      table = header.split(".").reduce((at, name) => {
        at[name] ??= {};
        return at[name] as Record<string, unknown>;
      }, root);
    } else if (key && value && !(key in table)) {
      // A string with the escapes of JSON is one of TOML too.
      table[key] = JSON.parse(value);
    } else throw new Error(`not the TOML of a snippet: ${line}`);
  }
  return root;
}
