/** Campaigns that the sandbox takes, and those that it refuses. */
import { describe, expect, it } from "vitest";
import { timezones } from "../../src/sandbox/timezones.ts";
import { call, chain, draft, email, type Json, linkedIn, start } from "./helpers.ts";

const settings = (more: object) => ({ settings: { timezone: "UTC", daily_enroll: 20, ...more } });
const windows = (delivery_time: unknown) => draft({}, email({ delivery_time }));
const message = (text: string) => draft({}, email({}, { message: text }));
const span = (from: string, to: string) => ({ from, to });
const versions = (count: number) =>
  email({ body: { versions: Array(count).fill({ subject: "S", message: "M" }) } });

describe("create campaign", () => {
  it("answers with the whole draft, its ids and its defaults", async () => {
    const sandbox = await start();
    const { name: _, ...nameless } = draft(
      { ...settings({}) },
      chain([
        email({ followup_after: { range: "HOUR", value: 5 } }, { message: "a<br>b", track_opens: undefined }),
        email(
          { delivery_time: { SUNDAY: [span("00:00", "24:00")] } },
          { subject: null, signature: "NO_SIGNATURE" },
        ),
      ]),
    );
    const { status, body } = await call(sandbox, "POST /v2/campaigns", nameless);
    const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: 2201,
      name: "My campaign #0",
      status: "DRAFT",
      bounce_shield_autopaused_at: null,
      email_account_ids: [501],
      settings: {
        timezone: "UTC",
        prospect_timezone: false,
        daily_enroll: 20,
        gdpr_unsubscribe: false,
        list_unsubscribe: false,
        open_disabled_list: [],
        auto_pause_prospect_from_domain: null,
        auto_pause_prospect_from_domain_statuses: [],
        catch_all_verification_mode: "BALANCED",
        count_followup_delay_in_working_days: false,
      },
      steps: {
        id: uuid,
        type: "START",
        followup: {
          id: uuid,
          type: "EMAIL",
          delivery_time: { MONDAY: [span("09:00", "17:00")] },
          body: {
            versions: [
              {
                id: hash,
                version: "A",
                subject: "A question",
                message: "a<br />b",
                signature: "SENDER",
                track_opens: true,
              },
            ],
          },
          followup_after: { range: "HOUR", value: 5 },
          followup: {
            id: uuid,
            type: "EMAIL",
            delivery_time: { SUNDAY: [span("00:00", "00:00")] },
            body: {
              versions: [
                {
                  id: hash,
                  version: "A",
                  subject: null,
                  message: "<p>Hi</p>",
                  signature: "NO_SIGNATURE",
                  track_opens: false,
                },
              ],
            },
            followup_after: { range: "DAY", value: 1 },
            followup: null,
          },
        },
      },
    });
    expect((await call(sandbox, `GET /v2/campaigns/${body.id}`)).body).toEqual(body);
    expect((await call(sandbox, "GET /v1/campaign_list?id=2201")).body[0]).toMatchObject({
      status: "DRAFT",
      per_day: 20,
      stats: { prospects: 0, queue: 0 },
    });
  });

  it("letters the versions by their order", async () => {
    const { body } = await call(await start(), "POST /v2/campaigns", draft({}, versions(5)));
    expect(body.steps.followup.body.versions.map((version: Json) => version.version).join("")).toBe("ABCDE");
  });
});

describe("create accepts", () => {
  it.each<[string, Json]>([
    ["16 steps", draft({}, chain(Array(16).fill(email())))],
    [
      "three windows that touch",
      windows({ MONDAY: [span("12:00", "14:00"), span("09:00", "12:00"), span("20:00", "23:59")] }),
    ],
    ["a whole day", windows({ MONDAY: [span("00:00", "00:00")] })],
    ["a wait without a range", draft({}, email({ followup_after: { value: 2 } }))],
    ["a wait without a value", draft({}, email({ followup_after: { range: "HOUR" } }))],
    ["no list of providers", draft(settings({ open_disabled_list: null }))],
    [
      "a day without windows beside another",
      draft({}, email({ delivery_time: { MONDAY: [{ from: "09:00", to: "10:00" }], TUESDAY: [] } })),
    ],
    ["minutes", draft({}, email({ followup_after: { range: "MINUTE", value: 9999 } }))],
    ["fillers with quotes", message('{{SNIPPET_1 | "say "hello" to"}} {{FIRST_NAME | ""}} {{SNIPPET_15}}')],
    ["spintax", message('{{SPINTAX | "Hi" | "Hello" | "Good morning"}}')],
    ["click and unsubscribe tags", message('<a href="{{CLICK=https://example.com}}">a</a> {{UNSUBSCRIBE}}')],
    [
      "no mailbox where no step is an e-mail",
      draft({ email_account_ids: undefined }, linkedIn("VISIT_PROFILE", { message: "" })),
    ],
    [
      "an invitation without a note",
      draft({}, linkedIn("CONNECTION_REQUEST", { message: "" }, { followup: email() })),
    ],
    [
      "an InMail with a subject",
      draft({}, linkedIn("INMAIL_MESSAGE", { message: "Hi", subject: "Counting" })),
    ],
    [
      "ids and letters of the client, replacing them",
      draft({}, email({ id: "s" }, { id: "v", version: "E" })),
    ],
    [
      "every setting",
      draft(
        settings({
          prospect_timezone: true,
          gdpr_unsubscribe: true,
          list_unsubscribe: true,
          open_disabled_list: ["google.com", "outlook.com", "OTHER_PROVIDER"],
          auto_pause_prospect_from_domain: null,
          auto_pause_prospect_from_domain_statuses: ["REPLIED", "BOUNCED"],
          catch_all_verification_mode: "ONLY_VERIFY",
          count_followup_delay_in_working_days: true,
        }),
      ),
    ],
  ])("%s", async (_, body) => {
    expect((await call(await start(), "POST /v2/campaigns", body)).status).toBe(201);
  });
});

describe("create refuses with 400", () => {
  it.each<[string, Json]>([
    ["a list", []],
    ["no settings", draft({ settings: undefined })],
    ["no steps", draft({ steps: undefined })],
    ["an unknown field", draft({ status: "DRAFT" })],
    ["an unknown setting", draft(settings({ dailyEnroll: 1 }))],
    ["a name that is not a string", draft({ name: 7 })],
    ["no mailbox for an e-mail", draft({ email_account_ids: [] })],
    ["mailbox ids as strings", draft({ email_account_ids: ["501"] })],
    ["a zone outside the list", draft(settings({ timezone: "Europe/Kyiv" }))],
    ["daily_enroll 0", draft(settings({ daily_enroll: 0 }))],
    ["daily_enroll 501", draft(settings({ daily_enroll: 501 }))],
    ["an unknown provider", draft(settings({ open_disabled_list: ["yahoo.com"] }))],
    ["an unknown verification mode", draft(settings({ catch_all_verification_mode: "ALL" }))],
    ["START without a step", draft({}, null)],
    ["steps without START", draft({ steps: email() })],
    ["START inside", draft({}, { type: "START", followup: email() })],
    ["an unknown step type", draft({}, email({ type: "CONDITION" }))],
    ["17 steps", draft({}, chain(Array(17).fill(email())))],
    ["no version", draft({}, versions(0))],
    ["six versions", draft({}, versions(6))],
    ["a first e-mail without subject", draft({}, email({}, { subject: null }))],
    [
      "a first e-mail after LinkedIn without subject",
      draft({}, linkedIn("VISIT_PROFILE", { message: "" }, { followup: email({}, { subject: "" }) })),
    ],
    ["no message", draft({}, email({}, { message: undefined }))],
    ["an unknown signature", draft({}, email({}, { signature: "NONE" }))],
    ["track_opens as text", draft({}, email({}, { track_opens: "true" }))],
    ["a delay of 0", draft({}, email({ followup_after: { range: "DAY", value: 0 } }))],
    ["a delay of 10000", draft({}, email({ followup_after: { range: "DAY", value: 10000 } }))],
    ["a delay in weeks", draft({}, email({ followup_after: { range: "WEEK", value: 1 } }))],
    ["no delivery time", windows(undefined)],
    ["no day", windows({})],
    ["no day with a window", windows({ MONDAY: [] })],
    ["an unknown day", windows({ monday: [span("09:00", "10:00")] })],
    ["a backward window", windows({ MONDAY: [span("10:00", "09:00")] })],
    ["an empty window", windows({ MONDAY: [span("10:00", "10:00")] })],
    ["24:00 on another window", windows({ MONDAY: [span("18:00", "24:00")] })],
    ["a clock without zero", windows({ MONDAY: [span("9:00", "10:00")] })],
    ["overlapping windows", windows({ MONDAY: [span("09:00", "12:00"), span("11:59", "13:00")] })],
    ["a window beside a whole day", windows({ MONDAY: [span("00:00", "00:00"), span("11:00", "13:00")] })],
    [
      "four windows",
      windows({ MONDAY: ["01", "02", "03", "04"].map((hour) => span(`${hour}:00`, `${hour}:30`)) }),
    ],
    ["{{SNIPPET1}}", message("{{SNIPPET1}}")],
    ["{{WEBSITE}}", message("{{WEBSITE}}")],
    ["{{SNIPPET_16}}", message("{{SNIPPET_16}}")],
    ["an unknown snippet in a subject", draft({}, email({}, { subject: "{{first_name}}" }))],
    ["a filler without quotes", message("{{FIRST_NAME | there}}")],
    ["spintax of one", message('{{SPINTAX | "Hi"}}')],
    ["a profile visit with a text", draft({}, linkedIn("VISIT_PROFILE", { message: "Hi" }))],
    ["a direct message without text", draft({}, linkedIn("DIRECT_MESSAGE", { message: "" }))],
    ["a subject on a direct message", draft({}, linkedIn("DIRECT_MESSAGE", { message: "Hi", subject: "S" }))],
    [
      "an InMail subject of 201 letters",
      draft({}, linkedIn("INMAIL_MESSAGE", { message: "Hi", subject: "S".repeat(201) })),
    ],
    [
      "an InMail subject with a snippet",
      draft({}, linkedIn("INMAIL_MESSAGE", { message: "Hi", subject: "{{FIRST_NAME}}" })),
    ],
    ["an unknown LinkedIn action", draft({}, linkedIn("LIKE", { message: "" }))],
    [
      "delivery time on LinkedIn",
      draft({}, linkedIn("VISIT_PROFILE", { message: "" }, { delivery_time: {} })),
    ],
  ])("%s", async (_, body) => {
    const sandbox = await start();
    const answer = await call(sandbox, "POST /v2/campaigns", body);
    expect([answer.status, answer.body.code]).toEqual([400, "INPUT_DATA_VALIDATION_FAILURE"]);
    expect(sandbox.writes()).toEqual([]);
  });
});

describe("create refuses with 409", () => {
  it.each<[string, Json]>([
    ["an unknown mailbox", draft({ email_account_ids: [501, 9] })],
    ["an IMAP id", draft({ email_account_ids: [601] })],
    ["a mailbox with an error", draft({ email_account_ids: [504] })],
    [
      "an unknown LinkedIn account",
      draft(
        {},
        {
          ...linkedIn("VISIT_PROFILE", { message: "" }),
          body: { action_type: "VISIT_PROFILE", linkedin_account_id: 1, versions: [{ message: "" }] },
        },
      ),
    ],
  ])("%s", async (_, body) => {
    const answer = await call(await start(), "POST /v2/campaigns", body);
    expect([answer.status, answer.body.code]).toEqual([409, "VALIDATION_FAILURE"]);
  });
});

describe("create survives", () => {
  it.each([
    ["no body", "", 400],
    ["text that is not JSON", "{name:", 400],
  ])("%s", async (_, body, status) => {
    const answer = await call(await start(), "POST /v2/campaigns", body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, title: "Bad Request" });
  });

  it("another content type", async () => {
    const answer = await call(await start(), "POST /v2/campaigns", draft(), { "content-type": "text/plain" });
    expect([answer.status, answer.body.title]).toEqual([415, "Unsupported Media Type"]);
  });

  it("a body of more than 10 MB", async () => {
    const answer = await call(
      await start(),
      "POST /v2/campaigns",
      draft({ name: "x".repeat(10 * 1024 * 1024) }),
    );
    expect([answer.status, answer.body.title]).toEqual([413, "Payload Too Large"]);
  });

  it.each([
    ["steps", `${'{"type":"EMAIL","followup":'.repeat(200_000)}null${"}".repeat(200_000)}`],
    ["lists", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
  ])("%s of hostile depth", async (_, deep) => {
    const text = JSON.stringify(draft({}, "DEEP")).replace('"DEEP"', () => deep);
    expect((await call(await start(), "POST /v2/campaigns", text)).status).toBe(400);
  });

  it("a great many opening braces", async () => {
    expect((await call(await start(), "POST /v2/campaigns", message("{{".repeat(1_000_000)))).status).toBe(
      201,
    );
  });
});

describe("timezones", () => {
  it("are the closed list of 289 names", () => {
    expect(timezones().size).toBe(289);
    for (const zone of ["UTC", "Hongkong", "US/Samoa", "Europe/Kiev", "America/Argentina/Buenos_Aires"]) {
      expect(timezones().has(zone)).toBe(true);
    }
    for (const zone of ["Etc/UTC", "GMT", "Europe/Kyiv", "America/Detroit", "Pacific/Pago_Pago"]) {
      expect(timezones().has(zone)).toBe(false);
    }
  });
});
