/** Error bodies that no page shows, read into code, detail and details; the documented ones stand in test/documents/errors. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHiddenError, readError } from "../../src/woodpecker/error-body.ts";
import { v1Error } from "../support/failure.ts";

describe("an error body", () => {
  it.each([
    ["with details", { code: "SOME_CODE", details: ["a", "b"] }, "SOME_CODE", undefined, "a; b"],
    ["with detail for details, as one page says", { code: "SOME_CODE", detail: "why" }, "SOME_CODE", "why"],
    ["that is nothing", undefined, undefined, undefined],
    ["that is an empty list", [], undefined, undefined],
    ["with fields of other types", { code: 5, message: {}, status: [] }, undefined, undefined],
  ])("in the shape %s is read", (_shape, body, code, detail, details?: string) => {
    expect(readError(body)).toEqual({ code, detail, details });
  });

  it.each([
    ["API_UNSUPPORTED_CAMPAIGN", "API_UNSUPPORTED_CAMPAIGN_FEATURES"],
    ["E_UNKNOWN", "E_UNNOWN"],
  ])("with the code %s means %s", (said, meant) => {
    expect(readError({ code: said }).code).toBe(meant);
  });

  it("of any kind is read without an error, in at most 10,000 characters", () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom("code", "type", "message", "title", "detail", "details", "status"),
        fc.jsonValue(),
      ),
    );
    const property = fc.property(body, (value) => {
      const { code, detail } = readError(value);
      expect((detail ?? "").length).toBeLessThanOrEqual(10_000);
      expect((code ?? "").length).toBeLessThanOrEqual(60);
    });
    fc.assert(property);
  });

  it.each([
    [v1Error("E_INV_STATUS", "x"), true],
    [{ status: { status: "OK" } }, false],
    [{ status: "ERROR" }, false],
    [[{ id: 1, status: "RUNNING" }], false],
    [undefined, false],
  ])("%j hides in a 200: %s", (body, hidden) => {
    expect(isHiddenError(body)).toBe(hidden);
  });
});
