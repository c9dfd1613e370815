/**
 * Read before the packages of this era: they make schemas at import, and compiling those of a few messages to code takes longer
 * than it saves.
 */
import { config } from "zod/v4";

config({ jitless: true });
