/** One real e-mail to a person: whole before their eyes who agree, to whom it was shown, and never twice. */
import { describe, expect, it } from "vitest";
import type { Data } from "../support/answer.ts";
import { atEnd } from "../support/at-end.ts";
import { inTheApp, no, person, yes } from "../support/person.ts";
import { expectRefused } from "../support/refused.ts";
import { openSession, type Session, type SessionOptions } from "../support/session.ts";
import { startUpstream } from "../support/upstream.ts";

const POST = /^POST \S+\/reply$/;
const TOOL = "reply_to_prospect";
const WORDS = "Hello {{FIRST_NAME}},\n\nThursday at ten?\nto: boss@example.com";

/** What Lena Brandt, 90001, wrote. */
async function messageOf(session: Session, prospect_id = 90_001): Promise<Data> {
  const { data } = await session.call("list_replies", { prospect_id, include_automatic: true });
  return data.replies[0];
}

async function begin(options: SessionOptions = {}) {
  const session = await openSession(options);
  const message = await messageOf(session);
  const args = { message_id: message.message_id, text: WORDS };
  return { session, message, args };
}

const sent = ({ sandbox }: Session) => sandbox.writes().map(({ body }) => body as Data);

describe("a reply", () => {
  it("leaves as it was shown, once the person agreed", async () => {
    const { session, message, args } = await begin();
    const asked = await session.call(TOOL, { ...args, cc: ["a@b.example", "c@d.example"] });
    expect(asked.data.outcome).toBe("confirmation_required");
    expect(sent(session)).toEqual([]);
    const { facts } = asked.data;
    const [first] = message.prospect.name.split(" ");
    expect(facts.text).toBe(`\n| Hello ${first},\n| \n| Thursday at ten?\n| to: boss@example.com`);
    expect(facts["they wrote"]).toContain(`\n> ${message.text.split("\n")[0]}`);
    expect(facts.to).toContain(message.prospect.email);
    for (const fact of Object.values(facts)) expect(asked.text).toContain(String(fact));

    const answer = await session.call(TOOL, {
      ...args,
      cc: ["a@b.example", "c@d.example"],
      confirmation: asked.data.confirmation,
    });
    expect(answer.data).toMatchObject({
      outcome: "done",
      to: message.prospect.email,
      subject: message.subject,
    });
    const [body] = sent(session);
    expect(body).toMatchObject({
      to: message.prospect.email,
      cc: "a@b.example, c@d.example",
      subject: message.subject,
      quote_original_message: true,
      body: { html: expect.stringContaining("<div>Thursday at ten?</div>") },
    });
    expect(facts.from).toBe(`${answer.data.from} (mailbox ${body.mailbox_id})`);
    expect((await messageOf(session)).text).toBe(message.text);
  });

  it.each([
    ["accept", yes, 1],
    ["decline", no, 0],
  ])("is asked for by a form where there is one: %s", async (_name, answer, count) => {
    const { asked, elicit } = person(answer);
    const { session, args } = await begin({ elicit });
    const { failed } = await session.call(TOOL, args);
    expect([failed, sent(session).length, asked.length]).toEqual([count === 0, count, 1]);
    expect(asked[0]?.message).toContain("| Thursday at ten?");
    expect(asked[0]?.message).toContain("| to: boss@example.com");
  });

  it("is kept from the model where only persons may agree", async () => {
    const { session, args } = await begin({ env: { WOODPECKER_FORMS: "require" } });
    const asked = await session.call(TOOL, args);
    expect(JSON.stringify([asked.data ?? {}, asked.text])).not.toMatch(/confirmation["\s:]+[\w-]+\./);
    await session.call(TOOL, { ...args, confirmation: asked.data?.confirmation ?? "made-up" });
    expect(sent(session)).toEqual([]);
  });

  it.each([
    ["the text", { text: "Something else" }],
    ["the copies", { cc: ["x@y.example"] }],
    ["the sender", { mailbox_id: 502 }],
  ])("is asked for again where %s became another", async (_name, change) => {
    const { session, args } = await begin();
    const { data } = await session.call(TOOL, args);
    const answer = await session.call(TOOL, { ...args, ...change, confirmation: data.confirmation });
    expect([answer.data?.outcome, sent(session)]).toEqual(["confirmation_required", []]);
  });

  it("shows HTML as text with where its links and images lead", async () => {
    const { session, args } = await begin();
    const html =
      '<p>Look <a href="https://a.example/x">here</a></p><p><img src="https://b.example/p.png"></p>';
    const { data } = await session.call(TOOL, { message_id: args.message_id, html });
    expect(data.facts.text).toContain("here (https://a.example/x)");
    expect(data.facts.text).toContain("[image https://b.example/p.png]");
  });

  it("says how many characters nobody sees", async () => {
    const { session, args } = await begin();
    const { data } = await session.call(TOOL, { ...args, text: "Hi\u200b there\u2060" });
    expect(data.facts).toMatchObject({ text: "\n| Hi there", "characters that nobody sees": 2 });
  });

  it("is shown by a dry run, and not sent", async () => {
    const { session, args } = await begin();
    const { data } = await session.call(TOOL, { ...args, dry_run: true });
    expect(data).toMatchObject({
      outcome: "dry_run",
      request: { method: "POST", body: { to: expect.any(String) } },
    });
    expect(sent(session)).toEqual([]);
  });
});

describe("a reply is refused", () => {
  it.each([
    [{}, "text is missing"],
    [{ text: "a", html: "<p>a</p>" }, "html does not go with text"],
    [{ text: " " }, "text is empty"],
    [{ text: 'Hi {{SPINTAX | "a" | "b"}}' }, "write one of the words"],
    [{ text: "Bye {{UNSUBSCRIBE}}" }, "would leave as it stands"],
    [{ text: "See {{CLICK=https://x.example}}" }, "would leave as it stands"],
    [{ text: "Hi {{NAME}}" }, "is not a snippet"],
    [{ text: "Hi {{FIRST_NAME" }, "is not a snippet"],
    [{ text: "<p>Hi</p>" }, "give it as html"],
    [{ html: "<script>x</script>" }, "cannot be shown as text"],
    [{ html: "<p>a</p><!-- b -->" }, "cannot be shown as text"],
    [{ html: '<p style="background: url(https://x.example/a)">a</p>' }, "cannot be shown as text"],
    [{ text: "Hi {{SNIPPET_15}}" }, "has no value for"],
    [{ text: "x\n".repeat(5_000) }, "too long to be shown whole"],
    [{ text: "a", message_id: "999999999" }, "not among the newest"],
    [{ text: "a", mailbox_id: 9 }, "no mailbox of this account"],
    [{ text: "a", mailbox_id: 601 }, "cannot send"],
    [{ text: "a", mailbox_id: 504 }, "cannot send"],
    [{ text: "a", cc: ["anna"] }, "one e-mail address"],
    [{ text: "a", cc: ["a@b.example", "A@b.example"] }, "names somebody twice"],
  ])("%j", async (more, says) => {
    const session = await openSession();
    const { message_id } = await messageOf(session);
    expectRefused(await session.call(TOOL, { message_id, ...more }), [says]);
    expect(sent(session)).toEqual([]);
  });

  it.each([
    ["opted out", (row: Data) => ({ ...row, status: "BLACKLIST" })],
    [
      "opted out of a campaign",
      (row: Data) => ({
        ...row,
        campaigns_details: row.campaigns_details.map((one: Data) => ({
          ...one,
          campaign_prospect_status: "BLACKLIST",
        })),
      }),
    ],
  ])("to somebody who %s, also as a copy", async (_name, change) => {
    const of = (url: string) => url.includes("/v1/prospects");
    const change90001 = (json: unknown) =>
      (json as Data[]).map((row) => (row.id === 90_001 ? change(row) : row));
    const session = await openSession({
      gate: { after: (json, { url }) => (of(url) && Array.isArray(json) ? change90001(json) : json) },
    });
    const own = await messageOf(session);
    expectRefused(await session.call(TOOL, { message_id: own.message_id, text: "Hi" }), ["opted out"]);
    const other = (await session.call("list_replies", { limit: 50 })).data.replies.find(
      ({ prospect_id }: Data) => prospect_id !== 90_001,
    );
    const copied = { message_id: other.message_id, text: "Hi", mailbox_id: 501, cc: [own.prospect.email] };
    expectRefused(await session.call(TOOL, copied), ["opted out"]);
    expect(sent(session)).toEqual([]);
  });

  it.each(["emails", "domains"])("to somebody whom the blacklist holds among its %s", async (kind) => {
    const { session, message, args } = await begin();
    const { email } = message.prospect;
    const [, domain] = email.split("@");
    const entries = { [kind]: [kind === "emails" ? email : domain] };
    await inTheApp(session.sandbox, `POST /rest/v2/blacklist/${kind}`, entries);
    expectRefused(await session.call(TOOL, args), ["is on the blacklist"]);
  });

  it("where Woodpecker does not say who had written, until a mailbox is named", async () => {
    const session = await openSession({
      gate: {
        after: (json, { url }) =>
          url.endsWith("/responses")
            ? {
                ...(json as Data),
                responses: (json as Data).responses.map((one: Data) => ({ ...one, campaign_email_sent: "" })),
              }
            : json,
      },
    });
    const { message_id } = await messageOf(session);
    expectRefused(await session.call(TOOL, { message_id, text: "Hi" }), ["mailbox_id is needed", "501"]);
    const named = await session.call(TOOL, { message_id, text: "Hi", mailbox_id: 501 });
    expect(named.data.facts.from).toContain("(mailbox 501)");
  });

  it.each([
    [{ WOODPECKER_CAMPAIGNS: "2102" }, "WOODPECKER_CAMPAIGNS"],
    [{ WOODPECKER_MAILBOXES: "999" }, "WOODPECKER_MAILBOXES"],
  ])("before anyone is asked, by the operator's limit %j", async (env, name) => {
    const { session, args } = await begin({ env });
    expectRefused(await session.call(TOOL, args), [name]);
    expect(sent(session)).toEqual([]);
  });
});

describe("at most one e-mail leaves", () => {
  it("of two calls at once", async () => {
    const { session, args } = await begin();
    const { data } = await session.call(TOOL, args);
    const call = () => session.call(TOOL, { ...args, confirmation: data.confirmation });
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.map((one) => one.data?.outcome).sort()).toEqual(["coalesced", "coalesced", "done"]);
    expect(sent(session)).toHaveLength(1);
  });

  it("of the same words within ten minutes, from wherever, unless it is wanted", async () => {
    const { session, args } = await begin();
    await session.agree(TOOL, args);
    const again = await session.agree(TOOL, { ...args, mailbox_id: 502 });
    expect([again.data.outcome, sent(session).length]).toEqual(["deduplicated", 1]);
    const wanted = await session.agree(TOOL, { ...args, allow_duplicate: true });
    expect([wanted.data.outcome, sent(session).length]).toEqual(["done", 2]);
  });

  const moments = ["after_request", "after_commit", "mid_headers", "mid_body"] as const;
  it.each(moments.flatMap((at) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((skip) => [at, skip] as const)))(
    "where the network fails %s of request %i, and the call is made again",
    async (at, skip) => {
      const upstream = await startUpstream();
      atEnd(upstream.close);
      const session = await openSession({ upstream, hurry: true });
      const message = await messageOf(session);
      const args = { message_id: message.message_id, text: WORDS };
      upstream.fault({ at, skip });
      for (let calls = 0; calls < 3; calls += 1) await session.agree(TOOL, args);
      expect(upstream.requests(POST).length).toBeLessThanOrEqual(1);
      expect(upstream.commits().length).toBeLessThanOrEqual(1);
    },
    20_000,
  );

  it.each([
    ["after_commit", /unread and is read now/],
    ["after_request", /still unread/],
  ] as const)("and an unclear end (%s) tells the read mark", async (at, says) => {
    const upstream = await startUpstream();
    atEnd(upstream.close);
    const session = await openSession({ upstream, hurry: true });
    const { data } = await session.call("list_replies", { unread_only: true, limit: 50 });
    const args = { message_id: data.replies[0].message_id, text: "Thursday?", mailbox_id: 501 };
    upstream.fault({ at, path: POST });
    const answer = await session.agree(TOOL, args);
    expect(answer.failed).toBe(true);
    expect(answer.text).toMatch(says);
    expect(answer.text).toMatch(/may or may not/);
    await session.agree(TOOL, args);
    expect(upstream.requests(POST)).toHaveLength(1);
  });
});
