/** What all campaigns of an account have around them: a call that prepares several reads it once, for the first. */
import type { Api } from "./client.ts";

/** Answers by path and query. */
export type Around = Map<string, Promise<unknown>>;

const shared = [
  "/rest/v2/mailboxes",
  "/rest/v2/linkedin_accounts",
  '/rest/v1/campaign_list {"status":"RUNNING"}',
];

/** What could not be read is asked for again. */
export const readingOnce = (api: Api, known: Around): Api => ({
  ...api,
  get(path, query) {
    const key = query ? `${path} ${JSON.stringify(query)}` : path;
    const answer = known.get(key) ?? api.get(path, query);
    if (shared.includes(key)) {
      known.set(key, answer);
      answer.catch(() => known.delete(key));
    }
    return answer;
  },
});
