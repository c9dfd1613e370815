/** What the operator allows, whatever a model asks for; src/accounts/limits.ts holds requests to it. */
export interface Limits {
  /** Campaigns that may be written to. */
  campaigns?: number[];
  /** Mailboxes that campaigns may use. */
  mailboxes?: number[];
  prospectsPerCall?: number;
  /** In any 24 hours. */
  prospectsPerDay?: number;
  runsPerDay?: number;
  dailyEnroll?: number;
}
