/** Stops people: they are paused in the campaigns in which they would still get e-mails. */
import { z } from "zod/v3";
import { type CallTools, operation } from "../calls/operation.ts";
import { readAddress, readAddresses, readDomain, readDomains } from "../model/addresses.ts";
import { faultIf } from "../values/fault.ts";
import { id, line } from "../values/fields.ts";
import { readAs } from "../values/lenient.ts";
import type { Api } from "../woodpecker/client.ts";
import { blockAll, blockQuestion } from "./support/blocking.ts";
import { type Gathered, gather } from "./support/gather.ts";
import { type Named, nameable } from "./support/named-people.ts";
import { type Membership, pauseIn, type Standing, standing, toPause } from "./support/pausing.ts";
import { sayStopped, stoppedOutput, told } from "./support/stopped.ts";

/** Reading, pausing and looking again have to fit into the time of a call. */
const [READ_MS, LOOK_MS] = [20_000, 42_000];
/** Beyond so many people looking at each takes longer than reading all that were named once more. */
const MANY = 500;
const LAG_MS = 1_000;

export const stopProspects = operation({
  name: "stop_prospects",
  title: "Stop prospects",
  effect: "halt",
  ignoresUnknown: true,
  toolset: "prospects",
  description:
    "Stop e-mails to people: pauses them in every Woodpecker campaign, or in campaign_ids, where they would get more. Enrols nobody, goes first, safe to repeat. Only block may ask first, above 50 people or one INTERESTED: as confirmation_required.",
  input: {
    emails: readAs(
      z
        .array(readAs(line(320), readAddress))
        .max(500)
        .optional()
        .describe("Their addresses."),
      readAddresses,
    ),
    prospect_ids: z.array(id()).max(500).optional().describe("Their ids."),
    domains: readAs(
      z
        .array(readAs(line(253), readDomain))
        .max(50)
        .optional()
        .describe("At exactly these domains."),
      readDomains,
    ),
    block: z.boolean().optional().describe("Blacklist them, too."),
    campaign_ids: z.array(id()).max(100).optional().describe("Only in these campaigns."),
  },
  output: stoppedOutput,
  rules: ({ emails = [], prospect_ids = [], domains = [] }) =>
    faultIf(
      emails.length + prospect_ids.length + domains.length === 0,
      ["emails"],
      "is missing; give emails, prospect_ids or domains",
    ),
  async prepare(input, api): Promise<Prepared> {
    const named = nameable(input);
    const started = Date.now();
    return { named, started, gathered: await gather(api, named.selection, started + READ_MS) };
  },
  asksFor: "block",
  question: ({ block }, { named, gathered }) => (block ? blockQuestion(named, gathered) : undefined),
  async run({ block }, api, prepared, tools) {
    const { named, gathered } = prepared;
    prepared.paused ??= await pauseEverybody(api, prepared, tools);
    const blocked = block ? await blockAll(api, named, gathered) : undefined;
    return told(named, gathered, prepared.paused.memberships, prepared.paused.found, blocked);
  },
  text: sayStopped,
});

interface Prepared {
  named: Named;
  started: number;
  gathered: Gathered;
  /** What became of it; a person is asked about blocking after that. */
  paused?: { memberships: Membership[]; found: Standing };
}

async function pauseEverybody(
  api: Api,
  { named, started, gathered }: Prepared,
  { progress, pause }: CallTools,
): Promise<NonNullable<Prepared["paused"]>> {
  const memberships = toPause(gathered.people.values(), named.selection.campaignIds);
  const answered = await pauseIn(api, memberships, (done) =>
    progress(done, memberships.length, `${done} of ${memberships.length} paused`),
  );
  const end = started + LOOK_MS;
  let found = await lookAgain(api, answered, named, end);
  if (found.still.some(({ reason }) => reason === undefined)) {
    // An answer may be read from a copy that lags behind.
    await pause(LAG_MS);
    found = await lookAgain(api, answered, named, end);
  }
  return { memberships, found };
}

/** What reading back does not reach is said so, and is no failure. */
async function lookAgain(
  api: Api,
  memberships: readonly Membership[],
  { selection }: Named,
  end: number,
): Promise<Standing> {
  if (memberships.length === 0) return { stopped: [], still: [], unseen: [] };
  const ids = [...new Set(memberships.map(({ person }) => person))];
  const again =
    ids.length > MANY ? selection : { ids, emails: [], domains: [], campaignIds: selection.campaignIds };
  const seen = await gather(api, again, end).catch((): Gathered => ({ people: new Map(), unread: [] }));
  return standing(memberships, seen);
}
