/** `GET /rest/v1/me`: the vendor's own sample for trying a key. What it answers is documented nowhere. */
import type { Api } from "./client.ts";

/** @throws ApiFailure where Woodpecker does not accept the key */
export async function checkKey(api: Api): Promise<void> {
  await api.get("/rest/v1/me");
}
