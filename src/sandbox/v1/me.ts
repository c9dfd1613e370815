import type { Reply } from "../reply.ts";

/** The vendor's sample call for testing a key. Its body is not documented: these fields are only plausible. */
export function whoAmI(): Reply {
  return {
    status: 200,
    body: { id: 3001, name: "Nora Vance", email: "nora@northwind.example", company: "Northwind" },
  };
}
