/** docs/faults.md, A: answers that are lost. Nothing is done twice, and what is said fits what happened. */
import { describe, expect } from "vitest";
import { draft } from "../support/draft.ts";
import { waitFor } from "../support/patience.ts";
import { gate } from "../support/upstream.ts";
import { type FaultySession, fault } from "./fault.ts";
import { create, created, list, notAgain, pause, run, tally, unclear } from "./lines.ts";
import { nameOf, writes } from "./writes.ts";

describe("an answer that is lost", () => {
  fault("F005", "at most one write, and what is said fits what was begun", async (open) => {
    const session = await open();
    // The list before the create has its connection; the create gets one of its own.
    session.upstream.fault({ at: "after_accept", skip: 1 });
    const { failed, text, data } = await session.call("create_campaign", draft);
    const posts = session.upstream.requests(create).length;
    expect(posts).toBe(session.upstream.commits().length);
    expect(posts).toBeLessThanOrEqual(1);
    if (failed) {
      expect(posts).toBe(0);
      expect(text).toContain(unclear);
      expect(text).toMatch(notAgain);
    } else expect(data.outcome).toBe("done");
  });

  fault("F006", "absent when read back, so unclear; one POST", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: create });
    const { failed, text } = await session.call("create_campaign", draft);
    expect(failed).toBe(true);
    expect(text).toContain(unclear);
    expect(text).toContain('The list of campaigns does not show "Bakeries in Lyon" so far.');
    expect(text).toMatch(/do not call create_campaign again yet.*list_campaigns/);
    expect(tally(session, create)).toEqual([1, []]);
    // Once before the create, three times after it.
    expect(session.upstream.requests(list)).toHaveLength(4);
  });

  for (const end of ["reset", "close", "silence"] as const) {
    fault("F007", `is found by reading back (${end})`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_commit", path: create, end });
      const { failed, data } = await session.call("create_campaign", draft);
      expect(failed).toBe(false);
      expect(data).toMatchObject({ outcome: "done", verified_by: "read", name: draft.name, status: "DRAFT" });
      expect(tally(session, create)).toEqual([1, created]);
    });
  }

  for (const at of ["mid_headers", "mid_body"] as const) {
    fault("F007", `is found by reading back, half of the answer came (${at})`, async (open) => {
      const session = await open();
      session.upstream.fault({ at, path: create });
      const { failed, data } = await session.call("create_campaign", draft);
      expect(failed).toBe(false);
      expect(data).toMatchObject({ outcome: "done", verified_by: "read" });
      expect(tally(session, create)).toEqual([1, created]);
    });
  }

  fault("F007", "a whole answer before the end needs no reading back", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_body", path: create });
    const { data } = await session.call("create_campaign", draft);
    expect(data.outcome).toBe("done");
    expect(data.verified_by).toBeUndefined();
    expect(tally(session, create)).toEqual([1, created]);
  });

  fault("F008", "one POST, one write, and it is found", async (open) => {
    const session = await open({ hurry: { readBackPauses: [1, 1, 500] } });
    const { opened, open: commit } = gate();
    session.upstream.fault({ at: "after_commit", path: create, end: "silence", until: opened });
    const calling = session.call("create_campaign", draft);
    // The list before the create, and the first two looks after it.
    await waitFor(() => expect(session.upstream.requests(list)).toHaveLength(3));
    commit();
    const { failed, data } = await calling;
    expect([failed, data?.outcome]).toEqual([false, "done"]);
    expect(tally(session, create)).toEqual([1, created]);
  });

  fault("F008", "committed after the last look: unclear, and no second POST", async (open) => {
    const session = await open();
    const { opened, open: commit } = gate();
    session.upstream.fault({ at: "after_commit", path: create, end: "silence", until: opened });
    const { text } = await session.call("create_campaign", draft);
    expect(text).toContain(unclear);
    const again = await session.call("create_campaign", draft);
    expect(again.text).toMatch(notAgain);
    commit();
    await waitFor(() => expect(session.upstream.commits()).toEqual(created));
    expect(tally(session, create)).toEqual([1, created]);
  });

  fault("F009", "both ids are named and a person has to say which", async (open) => {
    const session = await open();
    const body = await bodyOf(session);
    const { opened, open: commit } = gate();
    session.upstream.fault({ at: "after_commit", path: create, until: opened });
    const calling = session.call("create_campaign", draft);
    await waitFor(() => expect(session.upstream.requests(create)).toHaveLength(1));
    await otherProgram(session, "POST", "/rest/v2/campaigns", body);
    commit();
    const { failed, text } = await calling;
    expect(failed).toBe(true);
    expect(text).toContain("2201, 2202");
    expect(text).toMatch(notAgain);
    expect(session.upstream.requests(create)).toHaveLength(1);
    // One of them is the other program's.
    expect(session.upstream.commits()).toHaveLength(2);
  });

  fault("F010", "the status reads RUNNING, so it is done", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_commit", path: run });
    const { failed, data } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(failed).toBe(false);
    expect(data).toMatchObject({ outcome: "done", status: "RUNNING", verified_by: "read" });
    expect(tally(session, run)).toEqual([1, ["POST /rest/v2/campaigns/2102/run"]]);
  });

  fault("F011", "unclear, and never a second run", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: run });
    const { failed, text } = await session.agree("run_campaign", { campaign_id: 2102 });
    expect(failed).toBe(true);
    expect(text).toContain(unclear);
    expect(text).toContain("still reads PAUSED");
    expect(text).toMatch(/do not call run_campaign again yet/);
    expect(tally(session, run)).toEqual([1, []]);
  });

  fault("F012", "done at the third request", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: pause, times: 2 });
    const { data } = await session.call("pause_campaign", { campaign_id: 2101 });
    expect(data).toMatchObject({ outcome: "done", status: "PAUSED" });
    expect(tally(session, pause)).toEqual([3, ["POST /rest/v2/campaigns/2101/pause"]]);
  });

  fault("F013", "the campaign is gone when read back, one DELETE", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_commit", method: "DELETE" });
    const { failed, data } = await session.agree("delete_campaign", { campaign_id: 2102 });
    expect([failed, data?.outcome]).toEqual([false, "done"]);
    expect(tally(session, /^DELETE/)).toEqual([1, ["DELETE /rest/v2/campaigns/2102"]]);
  });
});

describe("every write", () => {
  for (const write of writes) {
    const { tool, args, line, halts } = write;
    fault("F007", `${nameOf(write)}: done, carried out once`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_commit", path: line });
      const { failed, data, text } = await session.agree(tool, args);
      expect(text).not.toMatch(/nothing was (sent|changed)/i);
      expect([failed, data?.outcome]).toEqual([false, "done"]);
      if (!halts) expect(data.verified_by).toBe("read");
      if (!halts) expect(tally(session, line)).toEqual([1, [expect.stringMatching(/^(?!GET)/)]]);
    });

    if (halts) continue;
    fault("F006", `${nameOf(write)}: unclear, and sent once`, async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_request", path: line });
      const { failed, text } = await session.agree(tool, args);
      expect(failed).toBe(true);
      expect(text).toContain(unclear);
      expect(text).toMatch(notAgain);
      expect(tally(session, line)).toEqual([1, []]);
    });
  }

  for (const { tool, args, line } of writes.filter(({ halts }) => halts)) {
    fault(
      "F012",
      `${tool}: three resets, not carried out: unclear, and may be called again`,
      async (open) => {
        const session = await open();
        session.upstream.fault({ at: "after_request", path: line, times: 3 });
        const { failed, text } = await session.call(tool, args);
        expect(failed).toBe(true);
        expect(text).not.toMatch(/nothing was (sent|changed)/i);
        expect(text).not.toMatch(notAgain);
        expect(tally(session, line)).toEqual([3, []]);
        expect((await session.call(tool, args)).data.outcome).toBe("done");
      },
    );
  }
});

describe("somebody else does the same while our answer is lost", () => {
  fault("F006", "their campaign of that name is not taken for ours", async (open) => {
    const session = await open();
    const theirs = { ...(await bodyOf(session)), email_account_ids: [502] };
    const { opened, open: goOn } = gate();
    session.upstream.fault({ at: "after_request", path: create, until: opened });
    const calling = session.call("create_campaign", draft);
    await waitFor(() => expect(session.upstream.requests(create)).toHaveLength(1));
    await otherProgram(session, "POST", "/rest/v2/campaigns", theirs);
    goOn();
    const { failed, text } = await calling;
    expect(failed).toBe(true);
    expect(text).toContain("2201");
    expect(text).toMatch(notAgain);
  });

  fault("F006", "their step is not taken for ours", async (open) => {
    const session = await open();
    const step = (message: string) => ({ type: "EMAIL", versions: [{ message }] });
    const shown = await session.call("add_campaign_step", {
      campaign_id: 2104,
      step: step("<p>Theirs</p>"),
      dry_run: true,
    });
    const { opened, open: goOn } = gate();
    session.upstream.fault({ at: "after_request", method: "POST", until: opened });
    const calling = session.call("add_campaign_step", { campaign_id: 2104, step: step("<p>Ours</p>") });
    await waitFor(() => expect(session.upstream.requests(/^POST/)).toHaveLength(1));
    await otherProgram(session, "POST", shown.data.request.path, shown.data.request.body);
    goOn();
    const { failed, text } = await calling;
    expect(text).toMatch(notAgain);
    expect(failed).toBe(true);
  });
});

describe("calls of several writes, the second of which is lost", () => {
  const changes = { campaign_id: 2104, name: "Another", bounce_shield: 7 };
  fault("F007", "update_campaign does not say that the bounce shield stayed as it was", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_commit", path: /^PUT/ });
    const { text } = await session.call("update_campaign", changes);
    expect(session.upstream.commits()).toHaveLength(2);
    expect(text).not.toMatch(/shield was not changed|nothing was/i);
  });

  fault("F006", "update_campaign says what is not there when read back", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", path: /^PUT/ });
    const { failed, text } = await session.call("update_campaign", changes);
    expect(failed).toBe(true);
    expect(text).toContain("Reading back shows the old bounce_shield");
    expect(text).not.toMatch(/shield was not changed|nothing was/i);
    expect(session.upstream.requests(/^PUT/)).toHaveLength(1);
  });

  const people = Array.from({ length: 150 }, (_, index) => ({ email: `person${index}@example.com` }));
  fault("F007", "save_prospects finds all people by reading back", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_commit", method: "POST", skip: 1 });
    const { failed, data, text } = await session.call("save_prospects", { prospects: people });
    expect(text).not.toMatch(/nothing was/i);
    expect([failed, data?.outcome, data?.added]).toEqual([false, "done", 150]);
    expect(session.upstream.commits()).toHaveLength(2);
  });

  fault("F006", "save_prospects says how many were handled before", async (open) => {
    const session = await open();
    session.upstream.fault({ at: "after_request", method: "POST", skip: 1 });
    const { failed, text } = await session.call("save_prospects", { prospects: people });
    expect(failed).toBe(true);
    expect(text).toContain("100");
    expect(text).not.toMatch(/nothing was/i);
    expect(session.upstream.commits()).toHaveLength(1);
  });

  fault(
    "F006",
    "save_prospects, repeated at once, does not send the part that is unclear again",
    async (open) => {
      const session = await open();
      session.upstream.fault({ at: "after_request", method: "POST", skip: 1 });
      await session.call("save_prospects", { prospects: people });
      await session.call("save_prospects", { prospects: people });
      expect(session.upstream.requests(/^POST/)).toHaveLength(2);
    },
  );
});

/** As another program that uses the account: past the bad network. */
async function otherProgram(
  { upstream }: FaultySession,
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  await fetch(`${upstream.sandbox.origin}${path}`, {
    method,
    headers: { "x-api-key": upstream.sandbox.key, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The body that the create of this place would send. */
async function bodyOf(session: FaultySession): Promise<object> {
  const { data } = await session.call("create_campaign", { ...draft, dry_run: true });
  return data.request.body;
}
