/** src/mcp/resources/guides.json: what the code knows and a person may want to read, as lines of Markdown. */
import { errors } from "./guides/errors.ts";
import { limits } from "./guides/limits.ts";
import { statuses } from "./guides/statuses.ts";
import { templating } from "./guides/templating.ts";

const guides = [
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

export const publishedGuides = () =>
  guides.map(({ text, ...guide }) => ({ ...guide, lines: text.split("\n") }));
