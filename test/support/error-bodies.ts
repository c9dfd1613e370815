/** The forms of error bodies that the documents show. */

export const business = (dialect: "code" | "type", code: string, message: string) => ({
  [dialect]: code,
  message,
  details: null,
});

export const problem = (status: number, title: string, detail: string) => ({
  title,
  status,
  detail,
  timestamp: "2026-10-06 09:00:00",
});

export const v1Error = (code: string, msg: string) => ({ status: { status: "ERROR", code, msg } });
