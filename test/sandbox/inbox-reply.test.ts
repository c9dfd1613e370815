/** Answering a message in the inbox of the sandbox. */
import { describe, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/index.ts";
import { call, expectEmpty, type Json, start } from "./helpers.ts";

const HTML = { body: { html: "<p>Thursday at ten?</p>" } };

const messages = async (sandbox: Sandbox, query = ""): Promise<Json[]> =>
  (await call(sandbox, `GET /v2/inbox/messages?per_page=50${query}`)).body.content;
const reply = (sandbox: Sandbox, id: number | string, body: unknown) =>
  call(sandbox, `POST /v2/inbox/messages/${id}/reply`, body);

describe("a reply to a message", () => {
  it.each<[string, object]>([
    ["of a text alone", {}],
    ["with copies in one string", { cc: "a@b.example, c@d.example", bcc: "e@f.example" }],
    ["to somebody else, from another mailbox", { to: "pa@b.example", mailbox_id: 502 }],
    ["with a subject and the original", { subject: "Thursday", quote_original_message: true }],
    ["with nulls and nothing", { cc: "", bcc: null, to: null, subject: null, mailbox_id: null }],
  ])("%s is accepted without a body, and marks it read", async (_, more) => {
    const sandbox = await start();
    const unread = await messages(sandbox, "&read=false&mailbox_ids=601");
    expectEmpty(await reply(sandbox, unread[0].id, { ...HTML, ...more }));
    const after = await messages(sandbox);
    expect(after.find(({ id }) => id === unread[0].id).read).toBe(true);
    expect(after.filter(({ read }) => !read)).toHaveLength(
      (await messages(await start(), "&read=false")).length - 1,
    );
    expect(sandbox.writes().map(({ body }) => body)).toEqual([{ ...HTML, ...more }]);
  });

  it("cannot be read anywhere afterwards", async () => {
    const sandbox = await start();
    const [{ id, prospect_id }] = await messages(sandbox, "&mailbox_ids=601");
    const ask = () => call(sandbox, `GET /v2/prospects/${prospect_id}/responses`);
    const [listed, responses] = [await messages(sandbox), (await ask()).text];
    await reply(sandbox, id, HTML);
    expect((await messages(sandbox)).map((row) => ({ ...row, read: null }))).toEqual(
      listed.map((row) => ({ ...row, read: null })),
    );
    expect((await ask()).text).toBe(responses);
  });

  it.each<[string, Json, string]>([
    ["without a text", { body: {} }, "Request body is incorrect"],
    ["with an empty one", { body: { html: " " } }, "Body html is required"],
    ["with the text beside", { html: "<p>x</p>" }, "Request body is incorrect"],
    ["to no address", { ...HTML, to: "anna" }, "Recipient email if provided must be valid email address"],
    [
      "with a broken copy",
      { ...HTML, cc: "a@b.example, c" },
      "Recipient email if provided must be valid email address",
    ],
    ["with copies in a list", { ...HTML, cc: ["a@b.example"] }, "Request body is incorrect"],
    ["from an unknown mailbox", { ...HTML, mailbox_id: 9 }, "Value of mailbox_id is incorrect."],
    ["from an IMAP id", { ...HTML, mailbox_id: 601 }, "Value of mailbox_id is incorrect."],
    ["from a mailbox that lost its login", { ...HTML, mailbox_id: 504 }, "Value of mailbox_id is incorrect."],
  ])("%s is refused", async (_, body, detail) => {
    const sandbox = await start();
    const [{ id }] = await messages(sandbox, "&read=false&mailbox_ids=601");
    const answer = await reply(sandbox, id, body);
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({ title: "Bad Request", detail }),
    ]);
    expect(await messages(sandbox, "&read=false")).toContainEqual(expect.objectContaining({ id }));
  });

  it("needs a message that is there, and not deleted with its sender", async () => {
    const sandbox = await start();
    const [{ id, prospect_id }] = await messages(sandbox, "&mailbox_ids=601");
    await call(sandbox, `DELETE /v1/prospects?id=${prospect_id}`);
    for (const gone of [id, 1, "x"]) {
      const { status, body } = await reply(sandbox, gone, HTML);
      expect([status, body.detail]).toEqual([404, "Requested resource does not exist"]);
    }
    expect(sandbox.writes()).toHaveLength(1);
  });
});
