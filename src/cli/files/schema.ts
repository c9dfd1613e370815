/** The JSON Schema from which editors complete and check campaign files: a copy beside the files, or the one installed with this program. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAME = "campaign.schema.json";

/** Seen from the bundle, and from the source. */
const installed = () =>
  ["..", "../../.."]
    .map((up) => join(import.meta.dirname, up, "docs", NAME))
    .find((path) => existsSync(path));

/** Which address a new file names; nothing where there is none that exists. */
export function schemaFor(output: string | undefined): string | undefined {
  if (output !== undefined && existsSync(join(dirname(output), NAME))) return `./${NAME}`;
  const path = installed();
  // A blank would end it.
  return path && /[\s%#]/.test(path) ? pathToFileURL(path).href : path;
}

/** Beside the files, so that it is there for everybody who has them. */
export function keepSchema(folder: string): void {
  const path = installed();
  if (path === undefined) return;
  const [text, place] = [readFileSync(path, "utf8"), join(folder, NAME)];
  if (!existsSync(place) || readFileSync(place, "utf8") !== text) writeFileSync(place, text);
}
