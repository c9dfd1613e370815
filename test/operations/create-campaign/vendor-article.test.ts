/**
 * The create request of the vendor's article on campaigns, in the two forms in which it can be given here. Its
 * structure is the article's field for field (two e-mails, A/B in the first, two windows on Saturday, a follow-up in
 * the same thread, a fallback with quotes inside HTML with quotes); ids of mailboxes are the sandbox's.
 */
import { describe, expect, it } from "vitest";
import type { Data } from "../../support/answer.ts";
import { openSession, type Session } from "../../support/session.ts";

const [first, second] = [501, 502]; // 123000 and 123001 in the article
const allDay = [{ from: "08:00", to: "18:00" }];

const versionA = {
  subject: "Example subject for A version",
  message:
    '<div><p>Hi {{FIRST_NAME | "there"}},</p><p>a first cold e-mail.</p><p>Best wishes,<br><a href="https://woodpecker.co">Woodpecker</a> team</p></div>',
  signature: "NO_SIGNATURE",
  track_opens: true,
};
const versionB = {
  subject: "Example subject for B version",
  message:
    '<div><p>Hi {{FIRST_NAME}},</p><p>a first cold e-mail.</p><p>Sincerely,<br><a href="https://woodpecker.co">Woodpecker team</a></p></div>',
  signature: "NO_SIGNATURE",
  track_opens: true,
};
const followup = {
  message: "<div><p>Hello {{FIRST_NAME}},</p><p>It's almost weekend. Feel free to answer.</p>",
  signature: "SENDER",
  track_opens: true,
};

const name = "Example campaign created via APIv2";
const settings = {
  timezone: "Europe/Berlin",
  prospect_timezone: false,
  daily_enroll: 50,
  gdpr_unsubscribe: true,
  list_unsubscribe: true,
};

/** As the article has it. */
const body = {
  name,
  email_account_ids: [first, second],
  settings,
  steps: {
    type: "START",
    followup: {
      type: "EMAIL",
      delivery_time: {
        MONDAY: allDay,
        TUESDAY: allDay,
        WEDNESDAY: allDay,
        THURSDAY: allDay,
        FRIDAY: allDay,
        SATURDAY: [
          { from: "08:00", to: "10:00" },
          { from: "16:00", to: "18:00" },
        ],
      },
      body: { versions: [versionA, versionB] },
      followup_after: { range: "DAY", value: 3 },
      followup: {
        type: "EMAIL",
        delivery_time: { FRIDAY: allDay },
        body: { versions: [{ subject: null, ...followup }] },
      },
    },
  },
};

/** As a person or a model writes it here. */
const list = {
  name,
  mailbox_ids: [first, second],
  settings,
  steps: [
    {
      type: "EMAIL",
      delivery_times: [
        { days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], from: "08:00", to: "18:00" },
        { days: ["SATURDAY"], from: "08:00", to: "10:00" },
        { days: ["SATURDAY"], from: "16:00", to: "18:00" },
      ],
      versions: [versionA, versionB],
    },
    {
      type: "EMAIL",
      wait: { value: 3, range: "DAY" },
      delivery_times: [{ days: ["FRIDAY"], from: "08:00", to: "18:00" }],
      versions: [followup],
    },
  ],
};

const forms: [string, Data][] = [
  ["the API's nested tree", body],
  ["our list of steps", list],
  ["the nested tree as JSON text", { ...body, steps: JSON.stringify(body.steps) }],
  [
    "our list as JSON text",
    { ...list, steps: JSON.stringify(list.steps), settings: JSON.stringify(settings) },
  ],
  ["the nested tree with null at its end", withNullEnd()],
];

function withNullEnd(): Data {
  const copy = structuredClone(body) as Data;
  copy.steps.followup.followup.followup = null;
  return copy;
}

const sentBody = (session: Session) => session.sandbox.writes().at(-1)?.body;

async function create(session: Session, args: Data): Promise<number> {
  const answer = await session.call("create_campaign", args);
  expect(answer).toMatchObject({ failed: false, data: { outcome: "done", status: "DRAFT" } });
  return answer.data.campaign_id;
}

async function read(session: Session, campaign_id: number): Promise<Data> {
  const { data } = await session.call("get_campaign", { campaign_id, include: "content" });
  return data;
}

describe("the article's campaign", () => {
  it.each(forms)("given as %s leaves as the article's body, field for field", async (_form, args) => {
    const session = await openSession();
    await create(session, args);
    expect(sentBody(session)).toEqual(body);
    expect(session.sandbox.writes()).toHaveLength(1);
  });

  it("says the two forms the same way on the wire, letter for letter", async () => {
    const texts = [body, list].map(async (args) => {
      const session = await openSession();
      await create(session, args);
      return JSON.stringify(sentBody(session));
    });
    const [tree, steps] = await Promise.all(texts);
    expect(steps).toBe(tree);
  });

  it("comes back from get_campaign as it was meant", async () => {
    const session = await openSession();
    const shown = await read(session, await create(session, body));
    // Woodpecker writes <br> as <br />, and adds its own ids, defaults and the wait of a step to come.
    const stored = (version: { message: string }) => ({
      ...version,
      message: version.message.replaceAll("<br>", "<br />"),
    });
    const [one, two] = list.steps;
    expect(shown).toMatchObject({ name, status: "DRAFT", mailbox_ids: [first, second], settings });
    expect(shown.steps).toMatchObject([
      { step: 1, ...one, versions: one?.versions.map(stored) },
      { step: 2, ...two, versions: [{ version: "A", ...stored(followup) }] },
    ]);
    expect(shown.steps[0].versions.map(({ version }: Data) => version)).toEqual(["A", "B"]);
    expect(shown.steps[0]).not.toHaveProperty("wait");
    expect(shown.steps[1].versions[0]).not.toHaveProperty("subject");
  });

  it("shown by get_campaign can be created again, with the same steps", async () => {
    const session = await openSession();
    const shown = await read(session, await create(session, body));
    const stored = session.sandbox.campaign(2201) as Data;
    const { mailbox_ids, settings: shownSettings, steps } = shown;
    await create(session, { name: "Once more", mailbox_ids, settings: shownSettings, steps });

    const again = sentBody(session) as Data;
    expect(again.steps).toEqual(withSlashes(body.steps));
    expect(again.email_account_ids).toEqual(body.email_account_ids);
    expect(again.settings).toMatchObject(settings);
    expect(withoutIds(session.sandbox.campaign(2202))).toEqual(withoutIds({ ...stored, name: "Once more" }));
  });
});

const withSlashes = (tree: unknown) => JSON.parse(JSON.stringify(tree).replaceAll("<br>", "<br />"));

function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "id" ? undefined : inner)));
}
