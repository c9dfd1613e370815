/** The table of clients in docs/clients: what `npm run clients` found, when, and what it could not try. */
import tried from "../clients/tried.json" with { type: "json" };

interface Row {
  client: string;
  package: string;
  version?: string;
  tried: string;
  works: boolean;
}

const { date, node, clients, notTried } = tried as {
  date: string;
  node: string;
  clients: Row[];
  notTried: Record<string, string>;
};

const cell = (text: string) => text.replace(/\|/g, "\\|").replace(/\s+/g, " ").trim();

export const triedTable = (): string[] => [
  "## Tried",
  "",
  `By \`npm run clients\` on ${date} with Node ${node} on Linux, each in its newest version from npm, with the sandbox and without a model.`,
  "Nothing was tried on Windows.",
  "",
  "| Client | Version | What it did | |",
  "|---|---|---|---|",
  ...clients.map(
    ({ client, package: name, version = "", tried: did, works }) =>
      `| ${cell(client)} (\`${name}\`) | ${version} | ${cell(did)} | ${works ? "works" : "**fails**"} |`,
  ),
  ...Object.entries(notTried).map(([client, why]) => `| ${cell(client)} | | ${cell(why)} | not tried |`),
  "",
];
