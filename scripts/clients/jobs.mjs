/** What every client is to do with the sandbox: read, add people with fields, make a campaign of nested steps, change a setting, launch by token. */
import { programs } from "./programs.mjs";

const [name, main, url, binFolder] = process.argv.slice(2);

const textOf = (result) =>
  (typeof result === "string" ? result : JSON.stringify(result)).replaceAll('\\"', '"');

function hold(what, text, pattern) {
  if (pattern.test(text)) return;
  throw new Error(`${what}: ${text.slice(0, 300)}`);
}

async function play({ names, call }) {
  const tools = await names();
  if (tools.length < 26) throw new Error(`${tools.length} tools only`);
  const told = async (tool, args) => textOf(await call(tool, args));

  hold("list", await told("list_campaigns", { limit: 2 }), /210\d/);
  const person = {
    email: "lena.vogt@bridgework.example",
    first_name: "Lena",
    company: "Bridgework",
    snippet1: "your talk",
  };
  hold(
    "people",
    await told("save_prospects", { campaign_id: 2104, prospects: [person] }),
    /Added 1|"added":1/,
  );
  const kept = await told("search_prospects", { email: person.email });
  for (const field of ["Lena", "Bridgework"]) hold("people's fields", kept, new RegExp(field));

  const mailboxes = await told("list_mailboxes", { type: "SMTP", usable_only: true });
  const [, mailbox] = /"id":\s*(\d+)|(\d+) SMTP/.exec(mailboxes)?.filter(Boolean) ?? [];
  const windows = [{ days: ["MONDAY", "TUESDAY"], from: "09:00", to: "17:00" }];
  const draft = {
    name: "Tried by a client",
    mailbox_ids: [Number(mailbox)],
    settings: { timezone: "Europe/Berlin", daily_enroll: 20 },
    delivery_times: windows,
    steps: [
      {
        type: "EMAIL",
        versions: [
          { subject: 'Hello {{FIRST_NAME | "there"}}', message: "<p>Hi</p>" },
          { subject: "Hi", message: "<p>B</p>" },
        ],
      },
      { type: "EMAIL", wait: { value: 3, range: "DAY" }, versions: [{ message: "<p>Again</p>" }] },
    ],
  };
  const made = await told("create_campaign", draft);
  const [, id] = /"campaign_id":\s*(\d+)/.exec(made) ?? /(?:ampaign |id )(\d{4,})/.exec(made) ?? [];
  hold("a campaign", made, /DRAFT/);
  const content = await told("get_campaign", { campaign_id: Number(id), include: "content" });
  for (const [what, pattern] of [
    ["version B", /<p>B<\/p>/],
    ["step 2", /Again/],
    ["windows", /09:00/],
    ["zone", /Europe\/Berlin/],
  ])
    hold(`the campaign's ${what}`, content, pattern);
  await told("update_campaign", { campaign_id: Number(id), settings: { daily_enroll: 33 } });
  hold("a setting", await told("get_campaign", { campaign_id: Number(id) }), /33/);

  const asked = await told("run_campaign", { campaign_id: 2102 });
  const [, confirmation] = /confirmation"?:?\s*"?([0-9a-z]{6,}\.[\w-]{20,})/.exec(asked) ?? [];
  if (!confirmation) throw new Error(`no token: ${asked.slice(0, 300)}`);
  await told("run_campaign", { campaign_id: 2102, confirmation });
  hold("a launch", await told("get_campaign", { campaign_id: 2102 }), /RUNNING/);
}

const session = await programs[name](main, { url, bin: (file) => `${binFolder}/${file}` });
await play(session);
await session.close();
process.exit(0);
