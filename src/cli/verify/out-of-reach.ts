/** Assumptions that no harmless question settles, and why. */

export const outOfReach: Readonly<Record<string, string>> = {
  A01: "would disturb whoever else works in the account",
  A02: "would disturb whoever else works in the account",
  A03: "needs a campaign that runs",
  A13: "needs a LinkedIn account that may be used",
  A15: "needs two companies to compare",
  A16: "needs a mailbox that is frozen",
  A17: "needs a campaign that runs",
  A22: "would save people",
  A23: "needs a report that takes long",
  A25: "needs an agency's key and a client's",
  A26: "needs a day of watching",
  A27: "needs a day of watching",
  A30: "needs an account without the add-on",
  A43: "shows in an e-mail only; Woodpecker's preview shows one",
  A44: "shows in an e-mail only; Woodpecker's preview shows one",
  A47: "needs somebody who is in two campaigns",
  A48: "needs a campaign that runs",
  A49: "would block somebody",
  A50: "would save people",
  A51: "would save people",
};
