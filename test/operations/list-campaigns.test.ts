/** The list of campaigns: its order, who sends, and pages that fit into an answer. */
import { describe, expect, it } from "vitest";
import { type Data, pagesOf } from "../support/answer.ts";
import { openSession } from "../support/session.ts";
import { json, serve } from "../support/stub.ts";

async function accountOf(rows: object[]) {
  const { origin } = await serve((_request, response) => json(response, 200, rows));
  const { call } = await openSession({ env: { WOODPECKER_API_URL: origin }, hurry: true });
  return call;
}

const row = (id: number, more: object = {}) => ({ id, name: `Campaign ${id}`, status: "RUNNING", ...more });

const idsOf = ({ campaigns }: Data): number[] => campaigns.map(({ id }: Data) => id);

describe("list_campaigns", () => {
  it("puts the newest first by when they were made, and by id where Woodpecker does not say", async () => {
    const call = await accountOf([
      row(3, { created: "2026-01-02T10:00:00+0100" }),
      row(1, { created: "2026-03-01T10:00:00+0100" }),
      row(2, { created: "2026-03-01T10:00:00+0200" }),
    ]);
    const { data } = await call("list_campaigns");
    expect(idsOf(data)).toEqual([1, 2, 3]);
    const bare = await accountOf([row(1), row(3), row(2)]);
    expect(idsOf((await bare("list_campaigns")).data)).toEqual([3, 2, 1]);
  });

  it("shows every documented field in both forms", async () => {
    const fields = {
      created: "2026-01-02T10:00:00+0100",
      per_day: 40,
      from_name: "Ada",
      from_names: ["Ada", "Bob"],
      from_email: "ada@brand.example",
      from_emails: ["ada@brand.example", "bob@brand.example"],
      gdpr_unsubscribe: true,
      folder_name: "Spring",
      folder_id: 77,
      bcc: "crm@brand.example",
      cc: "boss@brand.example",
    };
    const call = await accountOf([row(5, fields)]);
    const { data, text } = await call("list_campaigns");
    expect(data.campaigns).toEqual([
      {
        id: 5,
        name: "Campaign 5",
        status: "RUNNING",
        created: fields.created,
        daily_enroll: 40,
        from_names: ["Ada", "Bob"],
        from_emails: fields.from_emails,
        gdpr_unsubscribe: true,
        folder: "Spring",
        folder_id: 77,
        bcc: fields.bcc,
        cc: fields.cc,
      },
    ]);
    for (const fact of "Ada Bob ada@ bob@ 40 gdpr_unsubscribe Spring 77 crm@ boss@ 2026-01-02".split(" "))
      expect(text).toContain(fact);
  });

  it("finds who sends from an address in whatever case, and nobody whose address only holds it", async () => {
    const call = await accountOf([
      row(1, { from_emails: ["ada@brand.example"] }),
      row(2, { from_emails: ["grada@brand.example"] }),
      row(3, { from_email: "ADA@brand.example" }),
    ]);
    const { data } = await call("list_campaigns", { from_email: "Ada@Brand.example" });
    expect(idsOf(data)).toEqual([3, 1]);
  });

  it("makes its pages smaller where a hundred do not fit, and loses none", async () => {
    const senders = Array.from(
      { length: 12 },
      (_, index) => `sender${index}@a-rather-long-domain-name.example`,
    );
    const rows = Array.from({ length: 100 }, (_, index) =>
      row(index + 1, { from_emails: senders, name: "x".repeat(150) }),
    );
    const call = await accountOf(rows);
    const seen = (await pagesOf(call, "list_campaigns", { limit: 100 })).flatMap(idsOf);
    expect(seen).toEqual(rows.map((_, index) => 100 - index));
  });
});
