/** Bodies of refusals that no page shows for an endpoint, and that may come all the same: each with words that a person should read. */
export interface Form {
  form: string;
  /** As it stands on the wire. */
  body: string;
  type?: string;
  says: readonly string[];
}

const json = (form: string, body: unknown, ...says: string[]): Form => ({
  form,
  body: JSON.stringify(body),
  says,
});

const [field, other] = ["Value of field is odd", "second reason"];

export const forms: readonly Form[] = [
  json(
    "details is a text",
    { code: "VALIDATION_FAILURE", message: "Validation failure", details: field },
    field,
  ),
  json("details is a list of texts", { code: "ODD_CODE", details: [field, other] }, "ODD_CODE", field, other),
  json(
    "details is a list of objects",
    { type: "ODD_CODE", details: [{ field: "subject", reason: field }] },
    field,
  ),
  json(
    "details is an object",
    { code: "ODD_CODE", message: "No", details: { subject: [field] } },
    "subject",
    field,
  ),
  json("the code has a number in front", { code: "WCNF009 / ODD_CODE", message: field }, "ODD_CODE", field),
  json("message is a list", { code: "ODD_CODE", message: [field, other] }, "ODD_CODE", field, other),
  json("a text", field, field),
  json("a list of texts", [field, other], field, other),
  json("a list of errors", [{ code: "ODD_CODE", message: field }], "ODD_CODE", field),
  json("errors in a list", { errors: [{ code: "ODD_CODE", message: field }] }, field),
  json("an object with a word", { error: field }, field),
  json("null", null),
  json("an empty object", {}),
  { form: "plain text", body: field, type: "text/plain", says: [field] },
  { form: "nothing at all", body: "", says: [] },
  {
    form: "a page",
    body: `<html><head><title>Odd</title><style>b{}</style></head><body><h1>${field}</h1></body></html>`,
    type: "text/html",
    says: [field],
  },
];
