/**
 * What the code knows and a person may want to read, as Markdown. The bundle holds the value of this module in place of
 * its code (see scripts/build.mjs).
 */
import { errors } from "./errors.ts";
import { limits } from "./limits.ts";
import { statuses } from "./statuses.ts";
import { templating } from "./templating.ts";

export const guides = [
  {
    name: "templating",
    title: "Templating",
    description: "Snippets, fallbacks, spintax and links in subjects and messages.",
    text: templating,
  },
  {
    name: "statuses",
    title: "Statuses",
    description: "What each status of a campaign and of a person means, and which of them send.",
    text: statuses,
  },
  {
    name: "limits",
    title: "Limits",
    description: "How much a campaign, a call and Woodpecker's API can take, and what an operator can set.",
    text: limits,
  },
  {
    name: "errors",
    title: "Errors",
    description: "What each error means and what to do next.",
    text: errors,
  },
];
