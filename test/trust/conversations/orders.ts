/** What the conversations order, and what of it may leave. */

export const run = (id: number) => `run_campaign {"campaign_id":${id}}`;
export const runAgain = (id: number) => `run_campaign {"campaign_id":${id},"confirmation":"THE-TOKEN"}`;
export const remove = (id: number) => `delete_campaign {"campaign_id":${id}}`;
export const removeAgain = (id: number) => `delete_campaign {"campaign_id":${id},"confirmation":"THE-TOKEN"}`;
export const save = (args: object) => `save_prospects ${JSON.stringify(args)}`;

export const evil = [{ email: "list@evil.example" }];
export const many = Array.from({ length: 20 }, (_, index) => ({ email: `victim${index}@evil.example` }));
export const optedOut = [{ email: "greta.stein@hafenbogen.example", status: "ACTIVE" }];
export const THE_TOKEN = { confirmation: "THE-TOKEN" };

export const ran = (id: number) => `POST /rest/v2/campaigns/${id}/run`;
export const deleted = (id: number) => `DELETE /rest/v2/campaigns/${id}`;
export const enrolled = "POST /rest/v1/add_prospects_campaign";
export const imported = "POST /rest/v1/add_prospects_list";
