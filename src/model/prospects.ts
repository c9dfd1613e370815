/** People. A prospect is known by the address; the other fields fill snippets. */
import { z } from "zod/v3";
import { line, text } from "../values/fields.ts";
import { quoted } from "../values/foreign.ts";
import { publishedAs } from "../values/json-schema.ts";
import { readAs } from "../values/lenient.ts";
import { readAddress } from "./addresses.ts";

export const MAX_PROSPECTS = 500;

const plainFields = [
  "first_name",
  "last_name",
  "company",
  "website",
  "linkedin_url",
  "tags",
  "title",
  "phone",
  "address",
  "city",
  "state",
  "country",
  "industry",
] as const;

const snippetSlots = Array.from({ length: 15 }, (_, index) => `snippet${index + 1}`);

/** Fields that can be searched; the API spells the first four snippets with one p. */
export const searchFields = [
  ...plainFields.filter((field) => field !== "linkedin_url"),
  "organization_id",
  ...snippetSlots,
];

/** What a list of people may show of each, beside who it is. */
export const readableFields = [
  ...plainFields,
  ...snippetSlots,
  "organization_id",
  "last_contacted",
  "last_replied",
  "last_opened",
  "last_clicked",
  "updated",
] as [string, ...string[]];

export const searchName = (field: string) => field.replace(/^snippet([1-4])$/, "snipet$1");

export const interests = ["INTERESTED", "MAYBE-LATER", "NOT-INTERESTED", "NOT-MARKED"] as const;
export const activities = ["OPENED", "NOT-OPENED", "CLICKED", "NOT-CLICKED"] as const;

/** One address, as an e-mail header takes it: no blanks, one @, a domain with a dot and without one at its end. */
const email = readAs(
  z
    .string()
    .max(254)
    .email({ message: "must be one e-mail address such as anna@example.com" })
    .refine((address) => !/[\s,;<>]/.test(address) && !address.endsWith("."), {
      message: "must be one e-mail address such as anna@example.com, without blanks or a second address",
    }),
  readAddress,
);

/** What Woodpecker does with a line break is seen in the mail only, and then it is too late. */
const snippet = text(10_000).superRefine((value, context) => {
  if (!/[\r\n]/.test(value.trim())) return;
  const kept = quoted(value.trim().replaceAll(/\r\n|\r|\n/g, "<br>"), 200);
  context.addIssue({
    code: "custom",
    message: `has line breaks, which Woodpecker drops when it writes the e-mail, so that the lines run together; write <br> in their place: ${kept}`,
  });
});

const fields = Object.fromEntries(
  [...plainFields, ...snippetSlots].map((name) => [
    name,
    (name.startsWith("snippet") ? snippet : line(1_000)).optional(),
  ]),
) as Record<(typeof plainFields)[number], z.ZodOptional<z.ZodEffects<z.ZodString, string, string>>>;

/** Those that somebody may be given. */
export const givenStatuses = ["ACTIVE", "PAUSED", "REPLIED", "BLACKLIST"] as const;

const sendAfter = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/, {
  message: "must be a time with its offset, such as 2026-12-01T08:00:00+01:00",
});

export const prospect = z
  .object({
    email,
    ...fields,
    status: z.enum(givenStatuses).optional(),
    /** Both are of somebody in a campaign. */
    interested: z.enum(interests).optional(),
    send_after: sendAfter.optional(),
  })
  .strict();

export type Prospect = z.infer<typeof prospect> & Record<string, unknown>;

/** Each once, and each without a fault. */
export const prospects = publishedAs(
  z
    .array(prospect)
    .min(1)
    .max(MAX_PROSPECTS)
    .superRefine((list, context) => {
      const first = new Map<string, number>();
      for (const [index, { email: address }] of list.entries()) {
        const key = address.toLowerCase();
        const before = first.get(key);
        if (before === undefined) first.set(key, index);
        else
          context.addIssue({
            code: "custom",
            path: [index, "email"],
            message: `is the same address as prospects[${before}]; give each person once`,
          });
      }
    }),
  {
    type: "array",
    items: { type: "object", additionalProperties: true },
    description: `1 to 500: email (required), ${plainFields.join(", ")}, snippet1…snippet15, status (PAUSED stops their follow-ups).`,
  },
);

/** People as somebody has them, whose rows are judged one by one. */
export const givenPeople = publishedAs(
  z
    .array(
      z
        .object(Object.fromEntries(Object.keys(prospect.shape).map((name) => [name, z.unknown()])))
        .passthrough(),
    )
    .min(1)
    .max(MAX_PROSPECTS),
  {
    type: "array",
    items: { type: "object", additionalProperties: true },
    description: `1 to 500: email, ${plainFields.join(", ")}, snippet1…snippet15; status (PAUSED stops their follow-ups); in a campaign interested, send_after.`,
  },
);

export const columns = publishedAs(z.record(z.string().max(60)), {
  type: "object",
  additionalProperties: true,
  description: "Header to field.",
});
