/** GET /rest/v2/agency/companies: the client companies of an agency. */
import { incorrect, type Reply, refused } from "../reply.ts";
import type { Call } from "../router.ts";

const PER_PAGE = 50;

/** Inside a client account, that is with x-company-id, there is no agency: the header is taken at its word. */
export function listCompanies({ world, company, query }: Call): Reply {
  if (!world.companies || company) throw refused(403, "No Agency addon");
  const page = query.get("page") ?? "1";
  if (!/^[1-9]\d{0,8}$/.test(page)) throw incorrect("page");
  const active = query.get("active");
  if (active !== null && active !== "true" && active !== "false") throw incorrect("active");
  const found = world.companies.filter((one) => active === null || String(one.active) === active);
  const number = Number(page);
  return {
    status: 200,
    body: {
      content: found
        .slice((number - 1) * PER_PAGE, number * PER_PAGE)
        .map(({ id, name, active }) => ({ id, name, active })),
      pagination_data: {
        total_elements: found.length,
        total_pages: Math.ceil(found.length / PER_PAGE),
        current_page_number: number,
        page_size: PER_PAGE,
      },
    },
  };
}
