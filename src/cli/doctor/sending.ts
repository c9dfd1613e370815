/** Could anything be sent at all? What of the settings and of the account forbids every e-mail. */
import { effects, type Toolset } from "../../calls/effects.ts";
import { whyUnusable } from "../../preflight/senders.ts";
import type { Settings } from "../../settings/index.ts";
import type { Found, Gathered } from "./look.ts";

export function lookAtSending(settings: Settings, seen: Gathered): Found {
  const against = [...ofSettings(settings), ...ofAccount(settings, seen)];
  if (against.length === 0) return { ok: "possible, after a person agreed" };
  const [[what], more] = [against[0] as Reason, against.slice(1)];
  return {
    fix: {
      what: `nothing can be sent: ${[what, ...more.map(([other]) => other)].join("; ")}`,
      steps: [...new Set(against.map(([, step]) => step)), "Where that is meant, nothing is wrong."],
    },
  };
}

/** Those with a tool that sends; a test holds them against the operations, which are too large to be loaded for this. */
export const sendingToolsets: readonly Toolset[] = ["campaigns", "insights", "prospects"];

/** What is so, and what a person does about it. */
type Reason = [what: string, step: string];

function* ofSettings({ access, toolsets, dryRun, limits }: Settings): Generator<Reason> {
  if (access !== effects.send.access)
    yield [
      `access is ${access}`,
      "To let the assistant launch after asking, set WOODPECKER_ACCESS=full (--access full), or leave it out.",
    ];
  if (!toolsets.some((toolset) => sendingToolsets.includes(toolset)))
    yield [
      `the toolsets ${toolsets.join(", ")} have no tool that sends`,
      "Add campaigns to WOODPECKER_TOOLSETS (--toolsets), or leave it out.",
    ];
  if (dryRun) yield ["it is a dry run", "Leave out WOODPECKER_DRY_RUN (--dry-run)."];
  if (limits.runsPerDay === 0)
    yield ["no campaign may be started", "Raise WOODPECKER_MAX_RUNS_PER_DAY, or leave it out."];
  if (limits.dailyEnroll === 0)
    yield ["no campaign may enrol anyone", "Raise WOODPECKER_MAX_DAILY_ENROLL, or leave it out."];
}

function* ofAccount({ limits }: Settings, { campaigns, mailboxes }: Gathered): Generator<Reason> {
  const { campaigns: allowed, mailboxes: senders } = limits;
  if (campaigns && allowed && !campaigns.some(({ id }) => allowed.includes(id)))
    yield [
      `WOODPECKER_CAMPAIGNS allows ${allowed.join(", ")} only, which this account does not have`,
      "Correct the ids in WOODPECKER_CAMPAIGNS, or leave it out.",
    ];
  const now = Date.now();
  const able = mailboxes?.filter((mailbox) => whyUnusable(mailbox, now) === undefined) ?? [];
  if (mailboxes && able.length === 0)
    yield [
      "there is no mailbox that can send",
      "See Mailboxes above: connect one, or reconnect one, in Woodpecker, in the settings of e-mail accounts.",
    ];
  else if (mailboxes && senders && !able.some(({ id }) => senders.includes(id)))
    yield [
      `of the mailboxes that WOODPECKER_MAILBOXES allows (${senders.join(", ")}) none can send`,
      `Put ids of mailboxes that can into WOODPECKER_MAILBOXES, such as ${able[0]?.id}, or leave it out.`,
    ];
}
