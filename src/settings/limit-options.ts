/** What the operator allows at most, whatever a model asks for: part of the table of all options. */

export const limitOptions = {
  campaigns: {
    limit: true,
    env: "WOODPECKER_CAMPAIGNS",
    about: "Ids of the only campaigns that may be changed, run or added to, as a comma list.",
  },
  mailboxes: {
    limit: true,
    env: "WOODPECKER_MAILBOXES",
    about: "Ids of the only mailboxes that campaigns may send from, as a comma list.",
  },
  maxProspectsPerCall: {
    limit: true,
    env: "WOODPECKER_MAX_PROSPECTS_PER_CALL",
    about: "Most people in one call.",
  },
  maxProspectsPerDay: {
    limit: true,
    env: "WOODPECKER_MAX_PROSPECTS_PER_DAY",
    about: "Most people added in any 24 hours.",
  },
  maxRunsPerDay: {
    limit: true,
    env: "WOODPECKER_MAX_RUNS_PER_DAY",
    about: "Most campaigns started in any 24 hours.",
  },
  maxDailyEnroll: {
    limit: true,
    env: "WOODPECKER_MAX_DAILY_ENROLL",
    about: "Highest daily_enroll that a campaign may have.",
  },
} as const;
