/** The HTTP client: what is sent, what an answer means, and what a failure on the way leaves open. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DryRunStop } from "../../src/woodpecker/client.ts";
import { clientFor, factsOf, json, KEY, serve, writing } from "../support/stub.ts";

const PATH = "/rest/v2/campaigns/7/pause";

describe("what is sent", () => {
  it("carries the key as x-api-key and nowhere else", async () => {
    const { origin, arrived } = await serve((_request, response) => json(response, 200, {}));
    const api = clientFor(origin, { userAgent: "the-agent/1" }).forCall({});
    await api.get("/rest/v1/campaign_list", { status: "RUNNING,DRAFT", id: "1" });
    await api.send(writing("POST", "/rest/v2/campaigns", { name: "ä" }));
    await api.send(writing("DELETE", "/rest/v2/campaigns/7"));

    expect(arrived.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["GET", "/rest/v1/campaign_list?status=RUNNING%2CDRAFT&id=1", ""],
      ["POST", "/rest/v2/campaigns", '{"name":"ä"}'],
      ["DELETE", "/rest/v2/campaigns/7", ""],
    ]);
    for (const { headers, url, body } of arrived) {
      expect(headers).toMatchObject({
        "x-api-key": KEY,
        accept: "application/json",
        "user-agent": "the-agent/1",
      });
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("x-company-id");
      const { "x-api-key": _key, ...others } = headers;
      expect(JSON.stringify([others, url, body])).not.toContain(KEY);
    }
    expect(arrived.map(({ headers }) => headers["content-type"])).toEqual([
      undefined,
      "application/json",
      undefined,
    ]);
  });

  it("names the client company where an agency set one", async () => {
    const { origin, arrived } = await serve((_request, response) => json(response, 200, {}));
    await clientFor(origin, {}, "77").forCall({}).get("/rest/v2/mailboxes");
    expect(arrived[0]?.headers["x-company-id"]).toBe("77");
  });

  it("is nothing in a dry run, which names the request instead", async () => {
    const { origin, arrived } = await serve((_request, response) => json(response, 200, {}));
    const api = clientFor(origin).forCall({ dryRun: true });
    const stop = await (async () => api.send(writing("POST", PATH, { a: 1 })))().catch(
      (error: unknown) => error,
    );
    expect(stop).toBeInstanceOf(DryRunStop);
    expect(stop).toMatchObject({ request: { method: "POST", path: PATH, body: { a: 1 } } });
    expect(arrived).toEqual([]);
  });

  it("asks for the account once, and only with the first request", async () => {
    const { origin, arrived } = await serve((_request, response) => json(response, 200, {}));
    const api = clientFor(origin).forCall({});
    expect(arrived).toEqual([]);
    await Promise.all([api.get("/a"), api.get("/b")]);
    expect(arrived.map(({ url }) => url)).toEqual(["/a", "/b"]);
  });
});

describe("an answer", () => {
  it.each([
    ["200 with nothing", 200, ""],
    ["200 with blanks", 200, " \n "],
    ["201 with nothing", 201, ""],
    ["204", 204, ""],
    ["202 with nothing", 202, ""],
  ])("%s has no value and is not parsed", async (_name, status, body) => {
    const { origin } = await serve((_request, response) =>
      response.writeHead(status, { "content-type": "application/json" }).end(body),
    );
    const api = clientFor(origin).forCall({});
    expect(await api.send(writing("POST", PATH))).toBeUndefined();
    expect(await api.get("/a")).toBeUndefined();
  });

  it("is read by its content, whatever its content type says", async () => {
    const { origin } = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/plain" }).end('{"id":7}'),
    );
    expect(await clientFor(origin).forCall({}).get("/a")).toEqual({ id: 7 });
  });

  const unreadable: [string, string | Buffer, Record<string, string>][] = [
    ["invalid JSON", '{"id":7', {}],
    ["invalid UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22]), {}],
    [
      "compressed although it was not asked for",
      Buffer.from([0x1f, 0x8b, 8, 0]),
      { "content-encoding": "gzip" },
    ],
  ];
  it.each(unreadable)(
    "of %s is unreadable; a read tries again, a write does not",
    async (_name, body, headers) => {
      const { origin, arrived } = await serve((_request, response) =>
        response.writeHead(200, headers).end(body),
      );
      const api = clientFor(origin).forCall({});
      expect(await factsOf(api.get("/a"))).toMatchObject({ outcome: "unreadable", http: 200 });
      expect(await factsOf(api.send(writing("POST", PATH, {})))).toMatchObject({
        outcome: "unreadable",
        http: 200,
      });
      expect(arrived.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "POST"]);
    },
  );

  it("of just under 10 MiB is read", async () => {
    const text = JSON.stringify("x".repeat(10 * 1024 * 1024 - 100));
    const { origin } = await serve((_request, response) => response.end(text));
    expect(await clientFor(origin).forCall({}).get("/a")).toHaveLength(10 * 1024 * 1024 - 100);
  });
});

describe("a failure on the way", () => {
  const closedPort = async () => {
    const { origin, close } = await serve(() => undefined);
    await close();
    return origin;
  };

  it("before anything was sent is not_sent, also for a write", async () => {
    const origin = await closedPort();
    const refused = { outcome: "not_sent", code: "ECONNREFUSED" };
    expect(await factsOf(clientFor(origin).forCall({}).get("/a"))).toMatchObject(refused);
    expect(await factsOf(clientFor(origin).forCall({}).send(writing("POST", PATH)))).toMatchObject(refused);
    expect(
      await factsOf(clientFor(origin).forCall({ halt: true }).send(writing("POST", PATH))),
    ).toMatchObject(refused);
  });

  const drops: [string, "headers" | "body"][] = [
    ["before an answer", "headers"],
    ["in the middle of an answer", "body"],
  ];
  it.each(drops)(
    "when the connection breaks %s is unknown: a write is not repeated, a read is",
    async (_when, at) => {
      const { origin, arrived } = await serve((_request, response, socket) => {
        if (at === "headers") return socket.destroy();
        response.writeHead(200, { "content-length": "100" }).write('{"id"', () => socket.destroy());
        return undefined;
      });
      const api = clientFor(origin).forCall({});
      const write = await factsOf(api.send(writing("POST", PATH, {})));
      expect(write?.outcome).toBe("unknown");
      expect(arrived.map(({ method }) => method)).toEqual(["POST"]);
      expect((await factsOf(api.get("/a")))?.outcome).toBe("unknown");
      expect(arrived.map(({ method }) => method)).toEqual(["POST", "GET", "GET", "GET"]);
    },
  );

  it("when no answer comes in time is unknown", async () => {
    const { origin, arrived } = await serve(() => undefined);
    const timeouts = { connect: 1_000, headers: 50, body: 50 };
    const api = clientFor(origin, { timeouts, failurePauses: [] }).forCall({});
    expect(await factsOf(api.send(writing("POST", PATH)))).toMatchObject({ outcome: "unknown" });
    expect(arrived).toHaveLength(1);
  });

  it("does not end a read when the next attempt works", async () => {
    let failures = 2;
    const { origin, arrived } = await serve((_request, response, socket) =>
      failures-- > 0 ? socket.destroy() : json(response, 200, { id: 7 }),
    );
    expect(await clientFor(origin).forCall({}).get("/a")).toEqual({ id: 7 });
    expect(arrived).toHaveLength(3);
  });

  it("does not end a pause or a stop, which may be repeated whatever happened", async () => {
    let failures = 2;
    const { origin, arrived } = await serve((_request, response, socket) =>
      failures-- > 0 ? socket.destroy() : response.end(),
    );
    expect(await clientFor(origin).forCall({ halt: true }).send(writing("POST", PATH))).toBeUndefined();
    expect(arrived).toHaveLength(3);
  });

  it("of a repeated pause is never called not_sent once an attempt has left", async () => {
    const server = await serve((_request, _response, socket) => {
      socket.destroy();
      server.close();
    });
    const facts = await factsOf(clientFor(server.origin).forCall({ halt: true }).send(writing("POST", PATH)));
    expect(server.arrived).toHaveLength(1);
    expect(facts?.outcome).toBe("unknown");
  });

  it("of a repeated pause is never called busy, as if nothing had happened, once an attempt may have worked", async () => {
    let first = true;
    const { origin } = await serve((_request, response, socket) => {
      if (!first) return json(response, 429, {});
      first = false;
      return socket.destroy();
    });
    const facts = await factsOf(clientFor(origin).forCall({ halt: true }).send(writing("POST", PATH)));
    expect(facts?.outcome).toBe("unknown");
  });
});

describe("cancelling", () => {
  it("ends a read that is under way", async () => {
    const abort = new AbortController();
    const { origin } = await serve(() => abort.abort());
    const facts = await factsOf(clientFor(origin).forCall({ signal: abort.signal }).get("/a"));
    expect(facts?.code).toBe("CANCELLED");
  });

  it("lets a write that has left come to its end", async () => {
    const abort = new AbortController();
    const { origin } = await serve((_request, response) => {
      abort.abort();
      setImmediate(() => json(response, 201, { id: 7 }));
    });
    const api = clientFor(origin).forCall({ signal: abort.signal });
    expect(await api.send(writing("POST", "/rest/v2/campaigns", {}))).toEqual({ id: 7 });
  });

  it("keeps a write that has not left from leaving", async () => {
    const { origin, arrived } = await serve((_request, response) => json(response, 200, {}));
    const facts = await factsOf(
      clientFor(origin).forCall({ signal: AbortSignal.abort() }).send(writing("POST", PATH)),
    );
    expect(facts).toMatchObject({ outcome: "not_sent", code: "CANCELLED" });
    expect(arrived).toEqual([]);
  });
});

describe("all requests of one account", () => {
  it("go one at a time, however many calls are made at once", async () => {
    const property = fc.asyncProperty(
      fc.array(
        fc.record({ halt: fc.boolean(), write: fc.boolean(), status: fc.constantFrom(200, 200, 404) }),
        {
          minLength: 2,
          maxLength: 12,
        },
      ),
      async (calls) => {
        let [inFlight, most] = [0, 0];
        const { origin, arrived } = await serve((request, response) => {
          inFlight += 1;
          most = Math.max(most, inFlight);
          setImmediate(() => {
            inFlight -= 1;
            json(response, Number(request.url.slice(1)), {});
          });
        });
        const client = clientFor(origin);
        const ends = calls.map(({ halt, write, status }) => {
          const api = client.forCall({ halt });
          return factsOf(write ? api.send(writing("POST", `/${status}`)) : api.get(`/${status}`));
        });
        await Promise.all(ends);
        expect(most).toBe(1);
        expect(arrived).toHaveLength(calls.length);
      },
    );
    await fc.assert(property, { numRuns: 15 });
  });
});

describe("any status, any body", () => {
  it("ends in exactly one way, and a refusal never hides a write that may have happened", async () => {
    let next = { status: 200, body: "" };
    const { origin, arrived } = await serve((_request, response) =>
      response.writeHead(next.status).end(next.body),
    );
    const answers = fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      body: fc.oneof(
        fc.string(),
        fc.json(),
        fc.constantFrom("", "<html>", '{"status":{"status":"ERROR","code":"E_X"}}'),
      ),
    });
    const property = fc.asyncProperty(answers, async (answer) => {
      next = answer;
      // A client of its own, so that no failure before it matters.
      const api = clientFor(origin, { busyPauses: [], failurePauses: [] }).forCall({});
      const before = arrived.length;
      const facts = await factsOf(api.send(writing("POST", PATH, {})));
      expect(arrived.length - before).toBe(1);
      const { status } = answer;
      if (!facts) expect(status).toBeLessThan(300);
      else {
        expect(["rejected", "rate_limited", "unreadable", "unknown"]).toContain(facts.outcome);
        expect(facts.http).toBe(status);
        if (status >= 500 || (status >= 300 && status < 400)) {
          expect(["unknown", "rate_limited"]).toContain(facts.outcome);
        }
        if (facts.outcome === "rejected") expect(status < 300 || (status >= 400 && status < 500)).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
