/** The errors of every route that the product asks; docs/documents.md is written from here, too. */
import { accountEndpoints } from "./account.ts";
import { campaignEndpoints } from "./campaigns.ts";
import type { Endpoint } from "./documented.ts";

export { accountEndpoints, campaignEndpoints };
export const endpoints: Readonly<Record<string, Endpoint>> = { ...campaignEndpoints, ...accountEndpoints };
