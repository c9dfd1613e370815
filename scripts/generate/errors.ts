/** docs/errors.md from the guide that clients read, which comes from the catalogue of src/catalogue.ts. */
import { errors } from "../../src/resources/guides/errors.ts";

export const errorReference = (): string =>
  errors.replace("\n\n", "\n\nWritten by `npm run generate` from the catalogue in src/catalogue.ts.\n\n");
