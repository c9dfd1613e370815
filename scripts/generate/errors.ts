/** docs/errors.md from the guide that clients read, which comes from the catalogue of src/woodpecker/meanings.ts. */
import { errors } from "./guides/errors.ts";

export const errorReference = (): string =>
  errors.replace(
    "\n\n",
    "\n\nWritten by `npm run generate` from the catalogue in src/woodpecker/meanings.ts.\n\n",
  );
