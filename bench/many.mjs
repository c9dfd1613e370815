/** Wishes that concern many campaigns or people, as an assistant carries them out here and with ColdBirds' tools. */
import { people, texts, threeSteps } from "./drafts.mjs";

export const manyNames = {
  report: "the week's numbers of ten campaigns in one report",
  search: "look through 25 people with all their fields filled",
  rows: "add 120 people, as rows",
  csv: "add 120 people, as csv",
  link: "change a link in three campaigns",
  handOver: "hand a mailbox over in four campaigns",
  stop: "stop a company's people everywhere, and block its domain",
  back: "bring four paused campaigns back",
};

const DAY = 86_400_000;
const dayOf = (time) => new Date(time).toISOString().slice(0, 10);
const week = () => ({ from: dayOf(Date.now() - 6 * DAY), to: dayOf(Date.now()) });

const [oldLink, newLink] = ["https://northwind.example/a", "https://northwind.example/b"];
const linked = `${texts[2]}<p><a href="${oldLink}">one page</a></p>`;
const relinked = linked.replace(oldLink, newLink);

/** Every field and snippet that a person can have. */
const rich = people(25).map((person, index) => ({
  ...person,
  email: `rich${index + 1}@brasserie${index + 1}.example`,
  title: "Head of Logistics",
  city: "Lyon",
  country: "France",
  industry: "Food",
  website: `https://brasserie${index + 1}.example`,
  phone: `+33 4 78 00 00 ${10 + index}`,
  ...Object.fromEntries(
    Array.from({ length: 15 }, (_snippet, n) => [
      `snippet${n + 1}`,
      `A remark of some length on deliveries, ${n + 1}`,
    ]),
  ),
}));

const csv = [
  "Email,First Name,Last Name,Company",
  ...people(120).map((one) => [`csv-${one.email}`, one.first_name, one.last_name, one.company].join(",")),
].join("\n");

/** Ten campaigns are there, four of them made for this; four others wait, paused. */
export async function prepareMany({ call }) {
  async function fourOf(name, message, peopleOf) {
    const ids = [];
    for (const n of [1, 2, 3, 4]) {
      const draft = threeSteps(`${name}, ${n}`);
      draft.steps[2].versions[0].message = message;
      const { campaign_id } = (await call("create_campaign", draft)).structuredContent;
      await call("save_prospects", { campaign_id, prospects: peopleOf(n) });
      ids.push(campaign_id);
    }
    return ids;
  }
  const drafts = await fourOf("Brasseries", linked, (n) => [
    ...(n === 1 ? rich : []),
    { email: `chef${n}@group.example`, first_name: "Chef" },
  ]);
  const paused = await fourOf("Bistros", texts[2], (n) => [
    { email: `cook${n}@bistro${n}.example`, first_name: "Cook" },
  ]);
  const asked = await call("run_campaign", { campaign_ids: paused });
  const { confirmation } = asked.structuredContent;
  await call("run_campaign", { campaign_ids: paused, confirmation });
  await call("pause_campaign", { campaign_ids: paused });
  return { drafts, paused };
}

export const ourMany = {
  async report({ call, campaign_ids }) {
    await call("get_account_report", { campaign_ids, period: week() });
  },
  async search({ call, drafts }) {
    await call("search_prospects", { campaign_id: drafts[0], limit: 25 });
  },
  async rows({ call }) {
    const prospects = people(120).map((one) => ({ ...one, email: `row-${one.email}` }));
    await call("save_prospects", { prospects });
  },
  async csv({ call }) {
    await call("save_prospects", { csv });
  },
  async link({ call, drafts }) {
    for (const campaign_id of drafts.slice(0, 3))
      await call("update_step_version", {
        campaign_id,
        step: 3,
        version: "A",
        replace: [{ find: oldLink, with: newLink }],
      });
  },
  async handOver({ call, drafts }) {
    for (const campaign_id of drafts)
      await call("update_campaign", { campaign_id, mailbox_ids: ["ivo@try-brightlane.example"] });
  },
  async stop({ call }) {
    await call("stop_prospects", { domains: ["group.example"], block: true });
  },
  async back({ call, paused: campaign_ids }) {
    const { confirmation } = await call("run_campaign", { campaign_ids });
    await call("run_campaign", { campaign_ids, confirmation });
  },
};

export const addEach = (count) => ({
  note: "to the account only: nothing puts a contact on a list",
  async run({ call }) {
    for (const { email, first_name, last_name, company } of people(count))
      await call("create_contact", { email, firstName: first_name, lastName: last_name, company });
  },
});

const four = ["c2107", "c2108", "c2109", "c2110"];

export const coldbirdsMany = {
  report: {
    note: "lifetime totals; a week it has for the account as a whole",
    async run({ call }) {
      const { data } = await call("list_campaigns", {});
      for (const { id } of data) await call("get_campaign_stats", { id });
    },
  },
  async search({ call }) {
    await call("list_contacts", { limit: 25 });
  },
  rows: addEach(120),
  csv: addEach(120),
  async link({ call }) {
    for (const campaignId of four.slice(0, 3)) {
      await call("list_campaign_steps", { campaignId });
      await call("update_campaign_step", { campaignId, stepId: "s3", bodyHtml: relinked });
    }
  },
  async handOver({ call }) {
    await call("list_mailboxes", {});
    for (const id of four) await call("update_campaign", { id, mailboxIds: ["m3"] });
  },
  stop: {
    note: "nothing blocks a domain, so later imports bring them back",
    async run({ call }) {
      await call("list_campaigns", {});
      for (const campaignId of four) {
        await call("list_enrollments", { campaignId });
        await call("pause_enrollment", { id: "e1" });
      }
    },
  },
  back: {
    note: "nobody is asked, nothing is checked",
    async run({ call }) {
      for (const id of four) await call("resume_campaign", { id });
    },
  },
};

/** People as ColdBirds gives them, with the same values. */
export const coldbirdsContacts = rich.map(
  ({ email, first_name, last_name, company, title, ...fields }, n) => ({
    id: `p${n + 1}`,
    email,
    firstName: first_name,
    lastName: last_name,
    company,
    title,
    status: "ACTIVE",
    customFields: fields,
    createdAt: "2026-11-22T08:00:00.000Z",
    updatedAt: "2026-11-22T08:00:00.000Z",
  }),
);
