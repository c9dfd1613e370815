/** Resources through a real client: what is listed, what reading gives, and what is said of an address that is none. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accessLevels, toolsets } from "../../../src/calls/effects.ts";
import { partFault, partsOf } from "../../../src/mcp/resources/address.ts";
import { guides } from "../../../src/mcp/resources/guides.ts";
import { snippetNames, tagsIn } from "../../../src/model/snippets.ts";
import { views } from "../../../src/operations/views.ts";
import { codes } from "../../../src/woodpecker/meanings.ts";
import { draft } from "../../support/draft.ts";
import { connect } from "../../support/program-session.ts";
import { openSession, type Session } from "../../support/session.ts";
import { hostileTexts, invisible } from "../../trust/hostile-texts.ts";

interface Content {
  uri: string;
  mimeType: string;
  text: string;
}

async function read({ client }: Pick<Session, "client">, uri: string): Promise<Content[]> {
  return (await client.readResource({ uri })).contents as Content[];
}

const refused = (session: Session, uri: string, message: RegExp, code = -32602) =>
  expect(read(session, uri)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });

const letterTemplate = "woodpecker://campaigns/{id}/steps/{n}/{version}";

describe("the lists", () => {
  it("show the guides as resources and the campaigns as templates, without asking Woodpecker", async () => {
    const { client, traffic } = await openSession();
    const { resources } = await client.listResources();
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resources.map(({ uri }) => uri).filter((uri) => uri.startsWith("woodpecker:"))).toEqual([
      "woodpecker://guides/templating",
      "woodpecker://guides/statuses",
      "woodpecker://guides/limits",
      "woodpecker://guides/errors",
    ]);
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      "woodpecker://campaigns/{id}",
      letterTemplate,
    ]);
    for (const { name, title, description, mimeType } of [...resources, ...resourceTemplates]) {
      for (const text of [name, title, description, mimeType]) expect(text).toBeTruthy();
    }
    expect(traffic()).toEqual([]);
  });

  for (const access of accessLevels)
    for (const toolset of toolsets) {
      it(`hold campaigns with ${toolset} and access ${access} only where their tools exist`, async () => {
        const session = await openSession({ access, toolsets: [toolset] });
        const { resourceTemplates } = await session.client.listResourceTemplates();
        expect(resourceTemplates.length).toBe(toolset === "campaigns" ? 2 : 0);
        expect((await session.client.listResources()).resources.length).toBeGreaterThanOrEqual(4);
        if (toolset === "campaigns") {
          expect((await read(session, "woodpecker://campaigns/2101"))[0]?.text).toContain("2101");
          return;
        }
        await refused(
          session,
          "woodpecker://campaigns/2101",
          /There is no resource .* There are: woodpecker:\/\/g/,
        );
        await refused(session, "woodpecker://campaigns/2101/steps/1/A", /There is no resource/);
        expect(session.traffic()).toEqual([]);
      });
    }
});

describe("a campaign", () => {
  it("is what get_campaign shows, to read and as JSON", async () => {
    const session = await openSession();
    const [plain, json, ...more] = await read(session, "woodpecker://campaigns/2101");
    const { text, data } = await session.call("get_campaign", { campaign_id: 2101, include: "content" });
    expect(more).toEqual([]);
    expect(plain).toEqual({ uri: "woodpecker://campaigns/2101", mimeType: "text/plain", text });
    expect(json?.mimeType).toBe("application/json");
    expect(JSON.parse(json?.text ?? "")).toEqual(data);
    expect(session.attempted()).toEqual([]);
  });

  it("that is not there is a missing resource", async () => {
    const session = await openSession();
    await refused(
      session,
      "woodpecker://campaigns/999",
      /There is no campaign 999 in this account; list_campaigns/,
    );
    await refused(
      session,
      "woodpecker://campaigns/999/steps/1/A",
      /There is no campaign 999 in this account/,
    );
  });

  it("is explained as a tool explains it when Woodpecker fails", async () => {
    const session = await openSession();
    session.sandbox.failNext({ path: /v2\/campaigns/, status: 401, times: 2 });
    await refused(
      session,
      "woodpecker://campaigns/2101",
      /API key[\s\S]*Nothing was changed[\s\S]*Next: /,
      -32603,
    );
    await refused(session, "woodpecker://campaigns/2101/steps/1/A", /API key[\s\S]*Next: /, -32603);
  });
});

describe("an e-mail", () => {
  it("is what the preview shows to the same person", async () => {
    const session = await openSession();
    const [page, plain] = await read(session, "woodpecker://campaigns/2101/steps/1/B");
    expect(page?.mimeType).toBe("text/html");
    expect(plain?.mimeType).toBe("text/plain");
    const email = /^To: (.*)$/m.exec(plain?.text ?? "")?.[1];
    const { data } = await session.call("preview_campaign", {
      campaign_id: 2101,
      prospects: [{ email }],
      all_variants: true,
    });
    const shown = data.emails.find(
      (one: { step: number; version: string }) => one.step === 1 && one.version === "B",
    );
    expect(framed(page)).toBe(shown.html);
    expect(plain?.text).toContain(`Subject: ${JSON.stringify(shown.subject)}`);
    expect(session.attempted()).toEqual([]);
  });

  it("is the same each time", async () => {
    const session = await openSession();
    const uri = "woodpecker://campaigns/2101/steps/2/A";
    expect(await read(session, uri)).toEqual(await read(session, uri));
  });

  it("of a campaign without people is shown for an invented person, and says so", async () => {
    const session = await openSession();
    const { data } = await session.call("create_campaign", draft);
    const [page, plain] = await read(session, `woodpecker://campaigns/${data.campaign_id}/steps/1/A`);
    for (const content of [page, plain]) expect(content?.text).toContain("an invented person");
  });

  it("that is not there is a missing resource, with what is there", async () => {
    const session = await openSession();
    await refused(
      session,
      "woodpecker://campaigns/2101/steps/9/A",
      /Step 9 of campaign 2101 is not an e-mail; .* 1, 2, 3/,
    );
    await refused(session, "woodpecker://campaigns/2101/steps/1/E", /has no version E; it has A, B\./);
    const { accounts } = (await session.call("list_linkedin_accounts")).data;
    const linkedin = { action: "VISIT_PROFILE", account_id: accounts[0].id };
    const visit = { type: "LINKEDIN", linkedin, versions: [{ message: "" }] };
    const { data } = await session.call("create_campaign", { ...draft, steps: [...draft.steps, visit] });
    const last = `woodpecker://campaigns/${data.campaign_id}/steps/${draft.steps.length + 1}/A`;
    await refused(session, last, /is not an e-mail/);
  });

  it("cannot leave its frame or change its page, whatever it holds", async () => {
    const pieces = [
      '"',
      "'",
      "&",
      "&quot;",
      "<",
      "</iframe>",
      '"></iframe><script>x</script>',
      "</title>",
      "é",
      "\n",
    ];
    const session = await openSession();
    const { data } = await session.call("create_campaign", draft);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }), async (list) => {
        const message = `<p>x</p>${list.join("")}`;
        const { failed, text } = await session.call("update_step_version", {
          campaign_id: data.campaign_id,
          step: 1,
          version: "A",
          message,
        });
        expect(failed, text).toBe(false);
        const [page] = await read(session, `woodpecker://campaigns/${data.campaign_id}/steps/1/A`);
        const [, before, after] = /^([\s\S]*) srcdoc="[^"]*"([\s\S]*)$/.exec(page?.text ?? "") ?? [];
        expect(after).toBe("></iframe>\n");
        expect(before).toMatch(/<iframe sandbox title="The e-mail" style="[^"]*"$/);
        expect(before).toContain("default-src 'none'");
        expect(before?.match(/<(?!\/?(?:!doctype|meta|title|div|iframe)\b)/g)).toBeNull();
        const { data: read_back } = await session.call("get_campaign", {
          campaign_id: data.campaign_id,
          include: "content",
        });
        expect(framed(page)).toBe(read_back.steps[0].versions[0].message.replaceAll("\n", " "));
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(hostileTexts))(
    "keeps a name and a subject with %s in their lines",
    async (_how, hostile) => {
      const session = await openSession();
      const answer = session.sandbox.campaign(2101) as {
        name: string;
        steps: { followup: { body: { versions: { subject: string }[] } } };
      };
      answer.name = hostile;
      for (const version of answer.steps.followup.body.versions) version.subject = hostile;
      session.sandbox.failNext({ path: /v2\/campaigns\/2101$/, status: 200, body: answer });
      const [page, plain] = await read(session, "woodpecker://campaigns/2101/steps/1/A");
      for (const content of [page, plain]) expect(content?.text.replaceAll("\n", "")).not.toMatch(invisible);
      const lines = plain?.text.split("\n") ?? [];
      const head = lines.slice(0, lines.indexOf(""));
      expect(
        head.filter(
          (line) =>
            !/^(Campaign |Campaign: "|To: |Subject: "|Signature: |Shown are the people |"fenna\.dekker@example\.com" has no company )/.test(
              line,
            ),
        ),
      ).toEqual([]);
      expect(page?.text).not.toMatch(/<script>|<br>/);
    },
  );
});

/** The e-mail in the frame of a page. */
function framed(page: Content | undefined): string {
  const attribute = / srcdoc="([^"]*)"/.exec(page?.text ?? "")?.[1] ?? "";
  return attribute.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

it("what resources and completions read by is not a tool", async () => {
  const session = await openSession();
  const { tools } = await session.client.listTools();
  for (const name of Object.keys(views)) {
    expect(tools.map((tool) => tool.name)).not.toContain(name);
    await expect(session.call(name, { campaign_id: 2101 })).rejects.toMatchObject({
      message: expect.stringContaining("Unknown tool"),
    });
  }
  expect(session.traffic()).toEqual([]);
});

describe("the guides", () => {
  const guide = (name: string) => guides.find((one) => one.name === name)?.text ?? "";

  it("are read as Markdown", async () => {
    const session = await openSession();
    for (const { name, text } of guides) {
      const uri = `woodpecker://guides/${name}`;
      expect(await read(session, uri)).toEqual([{ uri, mimeType: "text/markdown", text }]);
    }
    expect(session.traffic()).toEqual([]);
  });

  it("name every error, snippet and status", () => {
    for (const code of Object.keys(codes)) expect(guide("errors")).toContain(`**${code}**`);
    const named = snippetNames.filter((name) => !/^SNIPPET_\d/.test(name));
    for (const name of [...named, "SNIPPET_1", "SNIPPET_15"])
      expect(guide("templating")).toContain(`{{${name}}}`);
  });

  it("show only tags that Woodpecker knows", () => {
    const kinds = tagsIn(guide("templating")).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["snippet", "spintax", "click", "unsubscribe"]));
  });

  it("hold no value that was forgotten", () => {
    for (const { text } of guides) expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it("are the same in the built program, which needs no key for them", async () => {
    const session = await connect([]);
    for (const { name, text } of guides) {
      expect((await read(session, `woodpecker://guides/${name}`))[0]?.text).toBe(text);
    }
    await expect(read(session, "woodpecker://campaigns/1")).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining("No Woodpecker API key is set."),
    });
  });
});

describe("an address", () => {
  it("that is near another is refused with that one", async () => {
    const session = await openSession();
    await refused(
      session,
      "woodpecker://guides/eror",
      /Did you mean woodpecker:\/\/guides\/errors\? There are: /,
    );
  });

  it.each([
    ["abc", /\{id\} is the id of a campaign, such as 2101; got "abc"/],
    ["0", /\{id\} is the id/],
    ["-1", /\{id\} is the id/],
    ["2101%2Fsteps", /\{id\} is the id/],
    ["2101/steps/0/A", /\{n\} is the number of a step/],
    ["2101/steps/1/a", /\{version\} is the letter of a version, such as A; got "a"/],
    ["2101/steps/1/AB", /\{version\}/],
    ["2101/", /There is no resource/],
    ["2101?x=1", /\{id\} is the id/],
    ["../guides/errors", /There is no resource/],
  ])("such as woodpecker://campaigns/%s is refused before anything is asked", async (rest, message) => {
    const session = await openSession();
    await refused(session, `woodpecker://campaigns/${rest}`, message);
    expect(session.traffic()).toEqual([]);
  });

  it("of any form is answered or refused, and never sent on", async () => {
    const session = await openSession({ toolsets: ["campaigns"] });
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("campaigns", "guides", "steps", "errors", "..", "%2e", "{id}"),
    );
    const uri = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 6 }).map((list) => `woodpecker://${list.join("/")}`),
    );
    await fc.assert(
      fc.asyncProperty(uri, async (given) => {
        const outcome = await read(session, given).catch((error: { code: number; message: string }) => error);
        if (Array.isArray(outcome)) expect(given).toMatch(/^woodpecker:\/\/guides\/[a-z]+$/);
        else {
          expect(outcome.code).toBe(-32602);
          expect(outcome.message).toMatch(/woodpecker:\/\/campaigns\/\{id\}/);
          expect(outcome.message).not.toMatch(invisible);
          expect(outcome.message.length).toBeLessThan(1_200);
        }
      }),
    );
    expect(session.traffic().filter((line) => !/\/rest\/v2\/campaigns\/[1-9]\d*$/.test(line))).toEqual([]);
  });

  it("fits its template exactly when it was made from it", () => {
    const id = fc.integer({ min: 1, max: 999_999_999_999 }).map(String);
    const n = fc.integer({ min: 1, max: 99 }).map(String);
    const version = fc.constantFrom("A", "B", "C", "D", "E");
    fc.assert(
      fc.property(id, n, version, fc.stringMatching(/^[^/]*$/), (a, b, c, other) => {
        const parts = partsOf(`woodpecker://campaigns/${a}/steps/${b}/${c}`, letterTemplate);
        expect(parts).toEqual({ id: a, n: b, version: c });
        expect(partFault(parts ?? {})).toBeUndefined();
        expect(partsOf(`woodpecker://campaigns/${a}/steps/${b}`, letterTemplate)).toBeUndefined();
        expect(
          partsOf(`woodpecker://campaigns/${a}/steps/${b}/${c}/${other}`, letterTemplate),
        ).toBeUndefined();
        const odd = partsOf(`woodpecker://campaigns/${other}`, "woodpecker://campaigns/{id}");
        expect(odd).toEqual({ id: other });
        expect(partFault({ id: other }) === undefined).toBe(/^[1-9]\d{0,11}$/.test(other));
      }),
    );
  });
});
