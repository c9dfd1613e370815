/** What a call is answered with, in the form of the protocol: readable text, the same facts as data, or an explained error. */
import type { Loose } from "./loose.ts";

export interface CallResult {
  [key: string]: unknown;
  content: { type: "text"; text: string }[];
  structuredContent?: Loose;
  isError?: boolean;
  /** Not the end: a person is to be asked, and the same call then comes again with the answer and the state. */
  asks?: { message: string; state: string };
}
