/** Every documented body of an answer; docs/documents.md is written from here, too. */
import { accountExamples } from "./account.ts";
import { campaignExamples } from "./campaigns.ts";

export const examples = [...campaignExamples, ...accountExamples];
