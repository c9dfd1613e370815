/** Error bodies in every form that was seen, read into code, detail and details. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHiddenError, readError } from "../../src/woodpecker/error-body.ts";
import { business, problem, v1Error } from "../support/failure.ts";

describe("an error body", () => {
  it.each([
    [
      "code",
      business("code", "MISSING_FEATURES", "Upgrade your plan"),
      "MISSING_FEATURES",
      "Upgrade your plan",
    ],
    [
      "type",
      business("type", "MISSING_FEATURES", "Upgrade your plan"),
      "MISSING_FEATURES",
      "Upgrade your plan",
    ],
    ["v1", v1Error("E_WRONG_PARAM", "Unknown param:state"), "E_WRONG_PARAM", "Unknown param:state"],
    ["problem, 401", problem(401, "Unauthorized", "Invalid api key"), "E_SESSION", "Invalid api key"],
    ["problem, no add-on", problem(401, "Unauthorized", "No API addon"), "E_NO_PERMISSION", "No API addon"],
    [
      "problem, plan",
      problem(401, "Unauthorized", "Upgrade your plan"),
      "E_NO_PERMISSION",
      "Upgrade your plan",
    ],
    [
      "problem, 400",
      problem(400, "Bad Request", "Value of id is incorrect."),
      undefined,
      "Value of id is incorrect.",
    ],
    ["with details", { code: "SOME_CODE", details: ["a", "b"] }, "SOME_CODE", undefined, "a; b"],
    ["with detail for details, as one page says", { code: "SOME_CODE", detail: "why" }, "SOME_CODE", "why"],
    ["that is nothing", undefined, undefined, undefined],
    ["that is text", "Bad gateway", undefined, "Bad gateway"],
    ["that is an empty list", [], undefined, undefined],
    ["that is a list of texts", ["a", "b"], undefined, undefined, "a; b"],
    ["that is a list of errors", [{ code: "SOME_CODE" }], "SOME_CODE", undefined, "[0].code: SOME_CODE"],
    ["with fields of other types", { code: 5, message: {}, status: [] }, undefined, undefined],
  ])("in the shape %s is read", (_shape, body, code, detail, details?: string) => {
    expect(readError(body)).toEqual({ code, detail, details });
  });

  it.each([
    ["WCNF001 / API_UNSUPPORTED_CAMPAIGN_FEATURES", "API_UNSUPPORTED_CAMPAIGN_FEATURES"],
    ["API_UNSUPPORTED_CAMPAIGN", "API_UNSUPPORTED_CAMPAIGN_FEATURES"],
    ["E_UNKNOWN", "E_UNNOWN"],
    ["E_UNNOWN", "E_UNNOWN"],
    ["NEW_ONE", "NEW_ONE"],
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
