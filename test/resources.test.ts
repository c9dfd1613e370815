/** Resources through a real client: what is listed, what reading gives, and what is said of an address that is none. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { codes } from "../src/catalogue.ts";
import { partsOf } from "../src/resources/index.ts";
import { openWorld } from "./support/world.ts";

test("the guide to errors names every code of the catalogue", async () => {
  const { client } = await openWorld();
  const { contents } = await client.readResource({ uri: "woodpecker://guides/errors" });
  const [guide] = contents as { uri: string; mimeType: string; text: string }[];
  expect(guide).toMatchObject({ uri: "woodpecker://guides/errors", mimeType: "text/markdown" });
  for (const code of Object.keys(codes)) expect(guide?.text).toContain(`**${code}**`);
});

test("an address that is none is refused, and those that exist are named", async () => {
  const { client } = await openWorld();
  const reading = client.readResource({ uri: "woodpecker://guides/eror" });
  await expect(reading).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(
      /There is no resource "woodpecker:\/\/guides\/eror"\. Did you mean woodpecker:\/\/guides\/errors\? There are: /,
    ),
  });
});

test("a template fits exactly the addresses that are made from it", () => {
  const piece = fc.stringMatching(/^[^/{}]{1,20}$/);
  fc.assert(
    fc.property(piece, piece, piece, (a, b, c) => {
      const template = "woodpecker://campaigns/{id}/steps/{n}/{version}";
      expect(partsOf(`woodpecker://campaigns/${a}/steps/${b}/${c}`, template)).toEqual({
        id: a,
        n: b,
        version: c,
      });
      expect(partsOf(`woodpecker://campaigns/${a}/steps/${b}`, template)).toBeUndefined();
      expect(partsOf(`woodpecker://campaigns/${a}/steps/${b}/${c}/`, template)).toBeUndefined();
      expect(partsOf(`woodpecker://campaigns//steps/${b}/${c}`, template)).toBeUndefined();
    }),
  );
});
