/** `demo`: the life of a campaign, played through a real MCP client over stdio against the sandbox, and told as it goes. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];

const draft = {
  name: "Bakeries in Lyon, spring",
  settings: { timezone: "Europe/Paris", daily_enroll: 40, list_unsubscribe: true },
  delivery_times: [{ days: weekdays, from: "08:30", to: "17:00" }],
  steps: [
    {
      type: "EMAIL",
      versions: [
        {
          subject: 'Flour for {{COMPANY | "your bakery"}}',
          message:
            '<p>Hi {{FIRST_NAME | "there"}},</p><p>we mill three streets from you. May I bring a sack to try?</p><p><a href="{{UNSUBSCRIBE}}">No more mail</a></p>',
        },
        {
          subject: "A sack of flour to try?",
          message:
            '<p>Hello {{FIRST_NAME | "there"}},</p><p>would fresh flour twice a week help you?</p><p><a href="{{UNSUBSCRIBE}}">No more mail</a></p>',
        },
      ],
    },
    {
      type: "EMAIL",
      wait: { value: 3, range: "DAY" },
      versions: [
        {
          message:
            '<p>{{FIRST_NAME | "Hello"}}, shall I come by on Thursday with a sack of the new flour?</p><p><a href="{{UNSUBSCRIBE}}">No more mail</a></p>',
        },
      ],
    },
  ],
};

export async function playDemo(): Promise<void> {
  const client = new Client({ name: "demo", version: "1" });
  const server = [...process.execArgv, process.argv[1] as string, "--sandbox"];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: server, stderr: "inherit" }),
  );
  try {
    await play(client);
  } finally {
    await client.close();
  }
}

async function play(client: Client): Promise<void> {
  const { tools } = await client.listTools();
  tell("A campaign's life in the sandbox. No key, no network: nobody is e-mailed.");
  tell(`The assistant sees ${tools.length} tools: ${tools.map((tool) => tool.name).join(", ")}`);

  const call = async (name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const { content, structuredContent = {} } = await client.callTool({ name, arguments: args });
    const [block] = content as { text: string }[];
    tell(`  → ${name} ${abridged(args)}`, ...(block?.text ?? "").split("\n").map((line) => `    ${line}`));
    return structuredContent as Record<string, unknown>;
  };

  person("Which mailboxes can I send from?");
  const { mailboxes } = await call("list_mailboxes", { usable_only: true });
  const boxes = (mailboxes as { id: number }[]).slice(0, 2).map((box) => box.id);

  person("Draft a campaign for the bakeries, from 18:00 to 9:00 so that it does not disturb them.");
  await call("create_campaign", {
    ...draft,
    mailbox_ids: boxes,
    delivery_times: [{ days: weekdays, from: "18:00", to: "09:00" }],
  });

  person("Then on weekdays from half past eight to five.");
  const { campaign_id } = await call("create_campaign", { ...draft, mailbox_ids: boxes });

  person("Show it to me.");
  await call("get_campaign", { campaign_id });

  person("Add the two bakers I met, and check whether it is ready.");
  const prospects = [
    { email: "claire@fournil.example", first_name: "Claire", company: "Le Fournil" },
    { email: "marc@lepetrin.example", first_name: "Marc" },
  ];
  await call("save_prospects", { campaign_id, prospects });
  await call("check_campaign", { campaign_id });

  person("What will Marc get?");
  await call("preview_campaign", { campaign_id, prospects: [prospects[1]] });

  person("Launch it.");
  const asked = await call("run_campaign", { campaign_id });
  person("Yes, go ahead.");
  await call("run_campaign", { campaign_id, confirmation: asked.confirmation });

  person("Wait, the prices have changed: pause it!");
  await call("pause_campaign", { campaign_id });

  person("What is running?");
  await call("list_campaigns", { status: ["RUNNING"] });

  person("The bakery campaign is over. Stop it, then delete it.");
  await call("stop_campaign", { campaign_id });
  const sure = await call("delete_campaign", { campaign_id });
  person("Yes, delete it.");
  await call("delete_campaign", { campaign_id, confirmation: sure.confirmation });
  await call("get_campaign", { campaign_id });

  tell(
    "",
    "That was a whole life, against the built-in sandbox. With a key it is your account: see README.md.",
  );
}

function person(words: string): void {
  tell("", `You: ${words}`);
}

function tell(...lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

function abridged(args: Record<string, unknown>): string {
  const text = JSON.stringify(args);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
