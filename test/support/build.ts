/** For the tests that start the real process. A build that fails leaves no dist: these then fail, the others are not held up. */
// @ts-expect-error a plain script
import * as scripts from "../../scripts/build-if-stale.mjs";

export default function build(): void {
  scripts.buildIfStale();
}
