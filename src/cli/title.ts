/** What was done, or is to be, for somebody who knows no tools. By itself, since `approve` and `ledger` need no more of the tools. */
export const titleOf = (tool: string) => tool.replaceAll("_", " ");
