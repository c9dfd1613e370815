/**
 * GET /rest/v1/me: whose key it is, the vendor's sample call for testing a key. Its body is not documented, only that the key of
 * an agency and that of a client get different ones: these fields are merely plausible.
 */
import type { Reply } from "../reply.ts";
import type { Call } from "../router.ts";

export function whoAmI({ world, company }: Call): Reply {
  const headquarters = world.companies !== undefined && !company;
  return {
    status: 200,
    body: {
      id: 3001,
      name: "Nora Vance",
      email: "nora@northwind.example",
      company: headquarters ? "Two Rivers Agency" : (company?.name ?? "Northwind"),
      agency: headquarters,
    },
  };
}
