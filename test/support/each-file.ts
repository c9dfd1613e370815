/** Runs before each test file (vitest.config.ts). */
import { afterAll } from "vitest";
import { endFile } from "./at-end.ts";

afterAll(endFile);
