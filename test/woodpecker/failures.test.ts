/** What failures are about: told apart once, for tools, repeats and the doctor. */

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { FailureFacts } from "../../src/woodpecker/failure.ts";
import { type FailureKind, kindOf, meaningOf } from "../../src/woodpecker/meanings.ts";
import { atEnd } from "../support/at-end.ts";
import { clientFor, factsOf } from "../support/stub.ts";

describe("a failure", () => {
  it.each<[FailureKind, Partial<FailureFacts>]>([
    ["certificate", { code: "SELF_SIGNED_CERT_IN_CHAIN", outcome: "not_sent" }],
    ["certificate", { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", outcome: "not_sent" }],
    ["certificate", { code: "ERR_TLS_CERT_ALTNAME_INVALID", outcome: "not_sent" }],
    ["certificate", { code: "EPROTO", outcome: "not_sent" }],
    ["clock", { code: "CERT_HAS_EXPIRED", outcome: "not_sent" }],
    ["proxy", { code: "PROXY", outcome: "not_sent" }],
    ["name", { code: "ENOTFOUND", outcome: "not_sent" }],
    ["unreachable", { code: "ECONNREFUSED", outcome: "not_sent" }],
    ["other", { code: "LIMIT", outcome: "not_sent" }],
    ["other", { code: "ECONNRESET", outcome: "unknown" }],
    ["address", { code: "WEB_PAGE", http: 200 }],
    ["key", { http: 401, detail: "Invalid api key" }],
    ["plan", { http: 401, detail: "Upgrade your plan" }],
    ["plan", { http: 401, code: "E_SESSION", detail: "No API addon" }],
    ["plan", { http: 403, code: "MISSING_FEATURES" }],
    ["other", { http: 409, code: "VALIDATION_FAILURE", detail: "A planned start" }],
  ])("is about the %s: %j", (kind, facts) => {
    expect(kindOf(facts)).toBe(kind);
    const meaning = meaningOf(facts);
    if (kind === "certificate" || kind === "clock") expect(meaning?.next).toContain("NODE_EXTRA_CA_CERTS");
  });

  it("of TLS is not repeated: a port that does not speak it is asked once", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket
        .resume()
        .on("error", () => undefined)
        .end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    atEnd(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const facts = await factsOf(clientFor(`https://127.0.0.1:${port}`).forCall({}).get("/a"));
    expect(facts).toMatchObject({
      outcome: "not_sent",
      detail: expect.stringContaining("the TLS check failed"),
    });
    expect(kindOf(facts ?? {})).toBe("certificate");
    expect(connections).toBe(1);
  });
});
