/** A documented body of an answer, and the tool that tells people what it holds. The content is made up; the fields are theirs. */
import type { Source } from "../errors/documented.ts";

export interface Served {
  /** "GET /rest/v2/mailboxes"; {id} stands for any part of a path. */
  request: string;
  /** 200, unless told. */
  status?: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface Example extends Served {
  about: string;
  sources: readonly Source[];
  tool: string;
  args?: object;
  /** Other answers that this one needs. */
  beside?: readonly Served[];
  /** Fields that no answer repeats. */
  untold?: readonly string[];
  /** Told in other words than Woodpecker's: by the field, as it is told. */
  as?: Readonly<Record<string, readonly string[]>>;
  agency?: true;
}
