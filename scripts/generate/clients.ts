/**
 * docs/clients: what to paste into which client, one file for each client and form, in the client's own format; and the
 * pages that show them. A client is one entry of the list below.
 */
import { triedTable } from "./tried.ts";

/** How the server is started. */
interface Start {
  label: string;
  command: string;
  args: string[];
}

const packageName = "woodpecker-campaigns-mcp";
const serverName = "woodpecker";
const env = { WOODPECKER_API_KEY: "your key" };

const starts = {
  local: { label: "", command: "node", args: [`/path/to/${packageName}/dist/main.cjs`] },
  windows: { label: "on Windows", command: "node", args: [`C:\\path\\to\\${packageName}\\dist\\main.cjs`] },
  npx: { label: "by npx", command: "npx", args: ["-y", packageName] },
  // npx is a script there, which a program cannot start without a shell.
  "npx-windows": { label: "by npx on Windows", command: "cmd", args: ["/c", "npx", "-y", packageName] },
} satisfies Record<string, Start>;
type Form = keyof typeof starts;

interface Client {
  name: string;
  folder: string;
  /** Where the snippet goes, in a sentence. */
  where: string;
  note?: string;
  extension: string;
  write: (start: Start) => string;
  /** The same as one line for a terminal. */
  line?: (start: Start) => string;
  /** A URL that the client opens with a question to its user; for forms in which nothing is left to fill in by hand. */
  link?: (start: Start) => string | undefined;
}

/** Lists of words stay on one line, as people write them. */
const json = (value: unknown) =>
  `${JSON.stringify(value, null, 2).replace(/\[\s+("[^\]{}]*")\s+\]/g, (_list, all: string) => `[${all.replace(/\s*\n\s*/g, " ")}]`)}\n`;
const entry = ({ command, args }: Start) => ({ command, args, env });
const usual = (start: Start) => json({ mcpServers: { [serverName]: entry(start) } });
const words = ({ command, args }: Start) => [command, ...args].join(" ");
const key = `--env WOODPECKER_API_KEY="${env.WOODPECKER_API_KEY}"`;

/** VS Code asks for what is secret or personal when it starts the server, and keeps it. */
const keyInput = {
  id: "woodpecker-key",
  type: "promptString",
  description: "Woodpecker API key, from Add-ons > API keys",
  password: true,
};
const pathInput = {
  id: "woodpecker-path",
  type: "promptString",
  description: `Full path of ${packageName}/dist/main.cjs`,
};
const ofVsCode = ({ command, args }: Start) => ({
  type: "stdio",
  command,
  args,
  env: { WOODPECKER_API_KEY: `\${input:${keyInput.id}}` },
});

const clients: Client[] = [
  {
    name: "Claude Desktop",
    folder: "claude-desktop",
    where:
      "Settings > Developer > Edit Config opens `claude_desktop_config.json`; save it and restart Claude Desktop. Or, without any file: `npm run bundle`, then double-click `dist/woodpecker-campaigns-mcp.mcpb` and fill in the key.",
    extension: "json",
    write: usual,
  },
  {
    name: "Claude Code",
    folder: "claude-code",
    where: "In a terminal; `/mcp` shows it afterwards.",
    note: "On Windows the lines are for the Command Prompt. The key is then in `~/.claude.json` and in the history of the shell.",
    extension: "sh",
    write: (start) => `claude mcp add --scope user ${serverName} ${key} -- ${words(start)}\n`,
  },
  {
    name: "VS Code",
    folder: "vscode",
    where:
      "`.vscode/mcp.json` of a folder, or MCP: Open User Configuration in the Command Palette for all of them. VS Code asks for the key and keeps it out of the file.",
    extension: "json",
    write: (start) => json({ inputs: [keyInput], servers: { [serverName]: ofVsCode(start) } }),
    link(start) {
      const asked = start.command === "node";
      const config = ofVsCode(asked ? { ...start, args: [`\${input:${pathInput.id}}`] } : start);
      const inputs = asked ? [pathInput, keyInput] : [keyInput];
      return `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name: serverName, ...config, inputs }))}`;
    },
  },
  {
    name: "Cursor",
    folder: "cursor",
    where: "`~/.cursor/mcp.json`, or `.cursor/mcp.json` of a project (Cursor Settings > MCP shows it).",
    extension: "json",
    write: usual,
    link(start) {
      if (start.command === "node") return undefined;
      const config = Buffer.from(JSON.stringify(entry(start))).toString("base64");
      return `cursor://anysphere.cursor-deeplink/mcp/install?name=${serverName}&config=${encodeURIComponent(config)}`;
    },
  },
  {
    name: "Windsurf",
    folder: "windsurf",
    where: "`~/.codeium/windsurf/mcp_config.json`; press the refresh button of the MCP list afterwards.",
    extension: "json",
    write: usual,
  },
  {
    name: "Zed",
    folder: "zed",
    where: "zed: open settings in the Command Palette opens `settings.json`; this goes beside what is there.",
    extension: "jsonc",
    write: (start) => `// settings.json of Zed\n${json({ context_servers: { [serverName]: entry(start) } })}`,
  },
  {
    name: "Gemini CLI",
    folder: "gemini-cli",
    where:
      "`~/.gemini/settings.json`, or `.gemini/settings.json` of a project; `/mcp` shows it. Gemini CLI starts servers only in folders that you trust.",
    extension: "json",
    write: usual,
  },
  {
    name: "Codex",
    folder: "codex",
    where:
      "`~/.codex/config.toml`, which the command line, the editor extension and the app share; `/mcp` shows it.",
    extension: "toml",
    write: ({ command, args }) =>
      [
        `[mcp_servers.${serverName}]`,
        `command = ${JSON.stringify(command)}`,
        `args = [${args.map((arg) => JSON.stringify(arg)).join(", ")}]`,
        "",
        `[mcp_servers.${serverName}.env]`,
        ...Object.entries(env).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
        "",
      ].join("\n"),
    line: (start) => `codex mcp add ${serverName} ${key} -- ${words(start)}\n`,
  },
  {
    name: "JetBrains IDEs",
    folder: "jetbrains",
    where:
      "Settings > Tools > AI Assistant > Model Context Protocol (MCP) > Add, and choose to give the configuration as JSON.",
    extension: "json",
    write: usual,
  },
];

const forms = Object.entries(starts) as [Form, Start][];
const folder = "docs/clients";

function fileOf({ folder: name, extension }: Client, form: Form): string {
  // A line for a terminal is one for the Command Prompt on Windows.
  const ending = extension === "sh" && form.includes("windows") ? "cmd" : extension;
  return `${name}/${form}.${ending}`;
}

/** Path and content of every snippet. */
function snippets(client: Client): Record<string, string> {
  const files = forms.flatMap(([form, start]) => [
    [fileOf(client, form), client.write(start)],
    [`${client.folder}/${form}.sh`, form.includes("windows") ? undefined : client.line?.(start)],
    [`${client.folder}/${form}.link`, link(client, form)],
  ]);
  return Object.fromEntries(files.filter(([, content]) => content !== undefined));
}

/** The path is asked for, so that one link fits every system. */
function link(client: Client, form: Form): string | undefined {
  const url = form === "windows" ? undefined : client.link?.(starts[form]);
  return url && `${url}\n`;
}

/** Pages such as this one may only link to the web, so both vendors have an address that leads on to the client. */
const webLink = (url: string) =>
  url.startsWith("vscode:")
    ? `https://vscode.dev/redirect?url=${encodeURIComponent(url)}`
    : url.replace("cursor://anysphere.cursor-deeplink/mcp/install", "https://cursor.com/en/install-mcp");

const fenced = (language: string, text: string) => [`\`\`\`${language}`, text.trimEnd(), "```"];

const heading = ({ name, where, extension, write }: Client) => [
  `**${name}**: ${where}`,
  "",
  ...fenced(extension, write(starts.local)),
  "",
];

/** A client as a part of the page about them. */
function section(client: Client): string[] {
  const { note, line } = client;
  const others = forms
    .filter(([form]) => form !== "local")
    .map(([form, { label }]) => `[${label}](${fileOf(client, form)})`);
  return [
    ...heading(client),
    ...(line ? ["Or in a terminal:", "", ...fenced("sh", line(starts.local)), ""] : []),
    `The same ${others.join(", ")}.${note ? ` ${note}` : ""}`,
    "",
  ];
}

const common = ["Claude Desktop", "Claude Code"];

export function readmeClients(): string {
  const shown = clients.filter(({ name }) => common.includes(name));
  const others = clients.filter(({ name }) => !common.includes(name)).map(({ name }) => name);
  return [
    ...shown.flatMap(heading),
    `${others.slice(0, -1).join(", ")} and ${others.at(-1)}, Windows, npx, and links that install with a click: [${folder}](${folder}/README.md).`,
  ].join("\n");
}

function page(): string {
  return [
    "# What to paste into which client",
    "",
    "Written by `npm run generate` from scripts/generate/clients.ts. Everything shown here is also a file beside this page, in",
    "the client's own format; `npm test` parses each one and starts the server with it.",
    "",
    "- **Today** the forms with `node` work: run `npm run demo` once in this folder, so that `dist/main.cjs` exists, and put its",
    "  full path where it says `/path/to`. In JSON and TOML a backslash of Windows is written twice.",
    `- **Once the package is on npm** the forms with \`npx\` will: \`${packageName}\` is not published yet.`,
    '- **Without a Woodpecker account** add `"--sandbox"` to the arguments and leave the key out.',
    "- If a client does not find `node`, give its full path as the command: programs with windows often know less of the PATH",
    "  than a terminal does. `node dist/main.cjs doctor` prints an entry with both full paths of your machine.",
    "",
    ...clients.flatMap((client) => section(client)),
    "## Links that install with a click",
    "",
    "The client shows what it is about to add, and asks. The address itself is in the file.",
    "",
    ...clients.flatMap((client) =>
      forms.flatMap(([form, { label }]) => {
        const url = link(client, form);
        if (!url) return [];
        const when = label
          ? `${label}, once the package is on npm`
          : "today; it asks for the path of `dist/main.cjs`";
        return [`- [${client.name}](${webLink(url.trim())}) ${when} ([file](${client.folder}/${form}.link))`];
      }),
    ),
    "",
    ...triedTable(),
    "",
  ].join("\n");
}

export function clientFiles(): Record<string, string> {
  const all = { "README.md": page(), ...Object.assign({}, ...clients.map(snippets)) } as Record<
    string,
    string
  >;
  return Object.fromEntries(Object.entries(all).map(([name, content]) => [`${folder}/${name}`, content]));
}
