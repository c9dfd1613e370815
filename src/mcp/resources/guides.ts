/** What the code knows and a person may want to read, as Markdown: written from the code by `npm run generate`. */
import guidesInLines from "./guides.json" with { type: "json" };

export const guides = guidesInLines.map(({ lines, ...guide }) => ({ ...guide, text: lines.join("\n") }));
