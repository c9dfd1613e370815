/**
 * The errors that the vendor documents for each endpoint, as a person gets to read them: the code, whether anything was
 * changed, what to do; and how often Woodpecker was asked.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../support/answer.ts";
import { expectExplained } from "../support/failure.ts";
import type { Passing } from "../support/gate.ts";
import { openSession, type Session } from "../support/session.ts";
import type { Documented, Endpoint } from "./errors/documented.ts";
import { forms } from "./errors/forms.ts";
import { endpoints } from "./errors/index.ts";

/** Named where the key is all that is wrong, and not where a part of a call failed. */
const KEY = "WOODPECKER_API_KEY";

/** Without orders of reports, which change nothing. */
const carriedOut = ({ sandbox }: Session) =>
  sandbox
    .writes()
    .map(({ path }) => path)
    .filter((path) => !path.startsWith("/rest/v2/reports/"));

const shape = (body: unknown) => (typeof body === "object" ? Object.keys(body as object)[0] : "nothing");

/** Of a request that does not end well, or not at once. */
const halts = ["pause_campaign", "stop_campaign", "make_campaign_editable", "stop_prospects"];
const isBusy = ({ status, says }: Documented) => status === 429 || says[0] === "E_TOO_MANY_REQUESTS";
const triesOf = (method: string, tool: string, error: Documented) =>
  isBusy(error) || (error.status >= 500 && (method === "GET" || halts.includes(tool))) ? 3 : 1;

interface Served {
  status: number;
  body: unknown;
  type?: string | undefined;
}

let calls = 0;

const named = Object.entries(endpoints).map(([name, endpoint], index) => ({ name, endpoint, index }));

describe.each(named)("$name", ({ endpoint, index: turn }: { endpoint: Endpoint; index: number }) => {
  const { tool, args, first, agency, partly, errors } = endpoint;
  const [method = "", path = ""] = endpoint.request.split(" ");
  const route = new RegExp(`^${path.replaceAll("{id}", "[^/?]+")}(\\?|$)`);
  const fits = (request: Passing) => request.method === method && route.test(request.url);
  let asked = 0;
  let served: Served | undefined;
  let session: Session;

  beforeAll(async () => {
    const instead = (request: Passing) => {
      if (!served || !fits(request)) return undefined;
      asked += 1;
      const { status, body, type = "application/json" } = served;
      return { status, body, headers: { "content-type": type } };
    };
    session = await openSession({ gate: { instead }, sandbox: { agency: agency ?? false } });
    if (first) await session.call(...first);
  });

  async function calling(error: Served): Promise<Answer> {
    asked = 0;
    served = error;
    calls += 1;
    const answer = await session.agree(tool, args(calls));
    served = undefined;
    return answer;
  }

  const refusals = [...new Set(errors.map(({ status }) => status))].filter((one) => one >= 400 && one < 429);

  // Every form at many endpoints, and none at all of them.
  const some = forms.filter((_form, index) => index % 3 === turn % 3);

  it("is explained in whatever form it comes", async () => {
    for (const [index, { form, body, type, says }] of some.entries()) {
      const status = refusals[index % refusals.length] ?? 400;
      const answer = await calling({ status, body, type });
      const of = `${status} ${form}: ${answer.text}`;
      for (const words of [...says, `HTTP ${status}`]) expect(answer.text, of).toContain(words);
      if (partly) expect(answer.text, of).toContain("Next: ");
      else expectExplained(session, answer, "no");
      expect(asked, of).toBe(1);
    }
  });

  // After a busy answer the server leaves Woodpecker time.
  const inOrder = errors.toSorted((a, b) => Number(isBusy(a)) - Number(isBusy(b)));

  it.each(inOrder.map((error) => [error.status, error.says[0], shape(error.body), error] as const))(
    "%i %s (in the form with %s) is explained",
    async (status, _code, _shape, error) => {
      // What went well before keeps the server from thinking that Woodpecker is down.
      await session.api.forCall({}).get("/rest/v2/mailboxes");
      const before = carriedOut(session);
      const answer = await calling(error);
      const said = [...error.says, `HTTP ${status}`].filter((words) => !partly || words !== KEY);
      for (const words of said) expect(answer.text).toContain(words);
      const isWrite = method !== "GET" && tool !== "get_campaign_statistics";
      if (!partly) expectExplained(session, answer, isWrite && status >= 500 ? "unclear" : "no");
      expect(asked).toBe(triesOf(method, tool, error));
      expect(carriedOut(session)).toEqual(before);
    },
  );
});
