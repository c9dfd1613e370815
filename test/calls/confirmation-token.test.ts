/** The token by which a person's word comes back: good for what was shown, once, for ten minutes, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Binding, digestOf, issueToken, redeemToken } from "../../src/calls/confirmation-token.ts";
import type { ConsentContext } from "../../src/calls/context.ts";
import type { Question } from "../../src/calls/operation.ts";
import { createConfirmations, newSecret } from "../../src/memory/confirmations.ts";
import { canonical } from "../../src/values/canonical.ts";
import type { Data } from "../support/answer.ts";

describe("a token", () => {
  const question: Question = { sentence: "Start?", facts: { campaign: 1 }, state: { steps: [1, 2] } };
  const secret = newSecret();
  const at = (minutes: number, more: Partial<ConsentContext> = {}): ConsentContext => ({
    confirmations: createConfirmations(secret),
    tenant: "a",
    now: () => minutes * 60_000,
    ...more,
  });
  const args = { campaign_id: 1 };
  /** Brings the token, and gets a new one. */
  const ask = async (
    token: string | undefined,
    { tenant, confirmations, now = Date.now }: ConsentContext,
    given: Data = args,
    asked: Question = question,
  ) => {
    const binding: Binding = [tenant, "run_campaign", canonical(given), digestOf(asked), "no forms"];
    const hint = token === undefined ? "" : await redeemToken(token, confirmations, binding, now());
    return { given: hint === undefined, hint, token: await issueToken(confirmations, binding, now()) };
  };
  const tokenOf = ({ token }: { token: string }) => token;

  it.each([
    ["at once", 0, true],
    ["nine minutes later", 9, true],
    ["eleven minutes later", 11, false],
    ["a day later", 1440, false],
    ["before it was made", -20, false],
  ])("used %s", async (_when, minutes, good) => {
    const token = tokenOf(await ask(undefined, at(100)));
    expect(token).not.toBe("");
    expect((await ask(token, at(100 + minutes))).given).toBe(good);
  });

  it("is good on another replica with the same secret, and for no other secret or account", async () => {
    const token = tokenOf(await ask(undefined, at(0)));
    expect((await ask(token, at(1, { confirmations: createConfirmations(Buffer.from(secret)) }))).given).toBe(
      true,
    );
    expect((await ask(token, at(1, { confirmations: createConfirmations() }))).given).toBe(false);
    expect((await ask(token, at(1, { tenant: "b" }))).given).toBe(false);
  });

  it("is good once: a repeated run must not undo the pause that came after the first", async () => {
    const confirmations = createConfirmations(secret);
    const token = tokenOf(await ask(undefined, at(0, { confirmations })));
    expect((await ask(token, at(1, { confirmations }))).given).toBe(true);
    expect(await ask(token, at(2, { confirmations }))).toMatchObject({
      given: false,
      hint: expect.stringContaining("used already"),
    });
  });

  it.each([
    ["with something behind it", (token: string) => `${token}.x`],
    ["with its time spelled otherwise", (token: string) => token.replace(".", "!.")],
    ["with its time in capitals", (token: string) => token.replace(/^\w+/, (time) => time.toUpperCase())],
    ["with a zero before it", (token: string) => `0${token}`],
  ])("is not good a second time %s", async (_how, respelled) => {
    const confirmations = createConfirmations(secret);
    const token = tokenOf(await ask(undefined, at(30_000_000, { confirmations })));
    expect((await ask(token, at(30_000_001, { confirmations }))).given).toBe(true);
    expect(respelled(token)).not.toBe(token);
    expect((await ask(respelled(token), at(30_000_001, { confirmations }))).given).toBe(false);
  });

  it("holds whatever order the keys of arguments and facts have", async () => {
    const token = tokenOf(await ask(undefined, at(0), { a: 1, b: { c: 2, d: 3 } }));
    expect((await ask(token, at(0), { b: { d: 3, c: 2 }, a: 1 })).given).toBe(true);
  });

  it("is worth nothing once anything it stands for differs", async () => {
    const token = tokenOf(await ask(undefined, at(0)));
    const value = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.array(fc.integer()));
    const property = fc.asyncProperty(value, value, async (id, state) => {
      const sameArgs = id === 1;
      expect((await ask(token, at(0), { campaign_id: id })).given).toBe(sameArgs);
      expect((await ask(token, at(0), args, { ...question, state })).given).toBe(false);
      expect(
        (
          await ask(token, at(0), args, {
            ...question,
            facts: { campaign: JSON.stringify(id) === "1" ? 1 : JSON.stringify(id) },
          })
        ).given,
      ).toBe(sameArgs);
    });
    await fc.assert(property);
  });

  it("cannot be made up", async () => {
    const token = tokenOf(await ask(undefined, at(0)));
    const dot = token.indexOf(".");
    const place = fc.integer({ min: dot + 1, max: token.length - 1 });
    const char = fc.constantFrom(..."ABCXYZabcxyz0189-_");
    const altered = fc
      .tuple(place, char)
      .map(([at, other]) => `${token.slice(0, at)}${other}${token.slice(at + 1)}`);
    const made = fc.oneof(fc.string({ maxLength: 80 }), altered);
    await fc.assert(
      fc.asyncProperty(made, async (other) => {
        fc.pre(other !== token);
        expect((await ask(other, at(0))).given).toBe(false);
      }),
    );
  });
});
