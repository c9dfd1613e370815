/** `doctor`: free reads that tell a person whether everything is set up, and what to mend where it is not. */
import { accountOf } from "./account.ts";
import { explain, type Subject } from "./explain.ts";
import type { Settings } from "./settings.ts";
import { listCampaignRows } from "./woodpecker/campaigns.ts";
import { type Api, type Client, createClient } from "./woodpecker/client.ts";
import { companyLabel } from "./woodpecker/companies.ts";
import { readMailboxes } from "./woodpecker/mailboxes.ts";

interface Check {
  about: string;
  look: (api: Api) => Promise<string>;
}

/** @returns the exit code: 0 when all is well, 1 when something needs mending */
export async function examine(settings: Settings, print: (line: string) => void): Promise<number> {
  const account = accountOf(settings);
  const client = createClient(account.open);
  try {
    return await runChecks(settings, client, print);
  } finally {
    await client.close();
    await account.close();
  }
}

async function runChecks(settings: Settings, client: Client, print: (line: string) => void): Promise<number> {
  const { sandbox, apiUrl, companyId, access, toolsets } = settings;
  print(`Node ${process.versions.node}, ${sandbox ? "built-in sandbox" : apiUrl}`);
  if (companyId) print(`Client company ${await companyLabel(client, companyId)}`);
  print(`Access ${access}, toolsets ${toolsets.join(", ")}`);
  for (const { about, look } of checks) {
    try {
      print(`ok    ${about}: ${await look(client.forCall({}))}`);
    } catch (error) {
      const subject: Subject = { name: "doctor", title: about, effect: "read" };
      print(`FAIL  ${explain(error, subject).replaceAll("\n", "\n      ")}`);
      return 1;
    }
  }
  return 0;
}

const checks: Check[] = [
  {
    about: "API key",
    look: async (api) => {
      await api.get("/rest/v1/me");
      return "accepted by Woodpecker";
    },
  },
  {
    about: "Campaigns",
    look: async (api) => {
      const rows = await listCampaignRows(api);
      const running = rows.filter((row) => row.status === "RUNNING").length;
      return `${rows.length}, ${running} running`;
    },
  },
  {
    about: "Mailboxes",
    look: async (api) => {
      const senders = (await readMailboxes(api)).filter((box) => box.type === "SMTP");
      const broken = senders.filter((box) => !box.usable);
      const faults = broken.map((box) => `\n      ${box.id} ${box.email} cannot send: ${box.error}`);
      return `${senders.length - broken.length} of ${senders.length} can send${faults.join("")}`;
    },
  },
];
