/**
 * Six everyday jobs, and those of many.mjs, as an assistant does them: the tokens of all arguments, and of the results in the form that a client
 * hands on (some only the text, some only the structured part). ColdBirds is driven against a stub of its upstream on
 * loopback. Instantly has no way to be pointed at one, and the others have no campaigns.
 */
import { startColdBirds } from "./coldbirds-stub.mjs";
import { ours } from "./columns.mjs";
import { people, subject, texts, threeSteps } from "./drafts.mjs";
import { attempt } from "./figures.mjs";
import { tokensOf } from "./lists.mjs";
import { addEach, coldbirdsMany, ourMany, prepareMany } from "./many.mjs";
import { open } from "./peer.mjs";

export const jobNames = {
  draft: "draft a three-step campaign",
  pause: "find a campaign by name and pause it",
  week: "the week's numbers of ten campaigns",
  edit: "change a sentence in step 2 version B",
  why: "why is nothing sent?",
  add: "add 100 people",
};

const edited = texts[1].replace("in a week", "in ten days");

const ourJobs = {
  async draft({ call }) {
    // A mailbox may be named by its address, which is how a person names it.
    const mailbox_ids = ["nora@northwind.example"];
    await call("create_campaign", { ...threeSteps("Bakeries in Lyon, spring"), mailbox_ids });
  },
  async pause({ call }) {
    await call("list_campaigns", { name_contains: "warehouse" });
    await call("pause_campaign", { campaign_id: 2101 });
  },
  week: ourMany.report,
  async edit({ call, campaign_id }) {
    const replace = [{ find: "in a week", with: "in ten days" }];
    await call("update_step_version", { campaign_id, step: 2, version: "B", replace });
  },
  async why({ call }) {
    await call("check_campaign", { campaign_id: 2102 });
  },
  async add({ call, campaign_id }) {
    await call("save_prospects", { campaign_id, prospects: people(100) });
  },
};

/** What the jobs find: ten campaigns, one of them with a version B in step 2. */
async function prepareOurs(peer) {
  const drafts = [1, 2, 3, 4].map((n) => threeSteps(`Bakeries in Lyon, ${n}`));
  drafts[0].steps[1].versions.push({ message: texts[1] });
  const made = [];
  for (const draft of drafts) made.push((await peer.call("create_campaign", draft)).structuredContent);
  const { campaigns } = (await peer.call("list_campaigns", {})).structuredContent;
  const campaign_ids = campaigns.slice(0, 10).map(({ id }) => id);
  return { campaign_id: made[0].campaign_id, campaign_ids };
}

const coldbirdsJobs = {
  draft: {
    note: "only by copying an empty campaign that is there",
    async run({ call }) {
      await call("list_mailboxes", {});
      const { id } = await call("duplicate_campaign", { id: "c2110" });
      await call("update_campaign", { id, name: "Bakeries in Lyon, spring", mailboxIds: ["m1"] });
      await call("update_campaign_settings", {
        id,
        dailyLimit: 30,
        includeUnsubscribe: true,
        scheduleId: "w1",
      });
      for (const [index, bodyHtml] of texts.entries()) {
        const more = index === 0 ? { subject } : { delayDays: 3 };
        await call("create_campaign_step", { campaignId: id, bodyHtml, ...more });
      }
    },
  },
  async pause({ call }) {
    await call("list_campaigns", {});
    await call("pause_campaign", { id: "c2101" });
  },
  week: { ...coldbirdsMany.report, note: "lifetime totals only, no week and no steps" },
  async edit({ call }) {
    await call("list_campaign_steps", { campaignId: "c2107" });
    await call("update_campaign_step", { campaignId: "c2107", stepId: "s4", bodyHtml: edited });
  },
  why: {
    note: "the facts, without an answer",
    async run({ call }) {
      await call("get_campaign", { id: "c2102" });
      await call("get_campaign_settings", { id: "c2102" });
      await call("list_mailboxes", {});
      await call("list_enrollments", { campaignId: "c2102" });
    },
  },
  add: addEach(100),
};

/** A call that counts what passes. */
function counting(peer) {
  const seen = { calls: 0, args: 0, text: 0, structured: 0 };
  async function call(name, args) {
    const result = await peer.call(name, args);
    const text = result.content?.map((block) => block.text ?? "").join("\n") ?? "";
    if (result.isError) throw new Error(`${name}: ${text.slice(0, 200)}`);
    seen.calls += 1;
    seen.args += tokensOf({ name, arguments: args });
    seen.text += tokensOf(text);
    seen.structured += result.structuredContent ? tokensOf(result.structuredContent) : tokensOf(text);
    return result.structuredContent ?? JSON.parse(text);
  }
  return { call, seen };
}

async function countJobs(peer, jobs, more = {}) {
  const counts = {};
  for (const [key, job] of Object.entries(jobs)) {
    const { call, seen } = counting(peer);
    const done = await attempt(() => (job.run ?? job)({ call, ...more }));
    counts[key] = done?.failed ? { failed: done.failed } : { ...seen, note: job.note };
  }
  return counts;
}

async function countOurs() {
  const peer = await open(ours.argv);
  try {
    const prepared = await prepareOurs(peer);
    const everyday = await countJobs(peer, ourJobs, prepared);
    const many = { ...prepared, ...(await prepareMany(peer)) };
    return { ...everyday, ...(await countJobs(peer, ourMany, many)) };
  } finally {
    await peer.close();
  }
}

async function countColdBirds(column) {
  if (!column?.argv) return undefined;
  const stub = await startColdBirds();
  let peer;
  try {
    peer = await open(column.argv, { env: { ...column.env, COLDBIRDS_API_URL: stub.origin } });
    return await countJobs(peer, { ...coldbirdsJobs, ...coldbirdsMany });
  } finally {
    await peer?.kill();
    stub.close();
  }
}

export async function measureJobs(columns) {
  const coldbirds = columns.find(({ name }) => name === "ColdBirds");
  return {
    ours: await attempt(countOurs),
    coldbirds: (await attempt(() => countColdBirds(coldbirds))) ?? {
      failed: coldbirds?.skipped ?? "not there",
    },
  };
}
