/** What the account of a call is called, where there may be several: as the operator calls it, else by its company. */
export const accountLabel = ({
  name,
  companyId,
}: {
  name?: string | undefined;
  companyId?: string | undefined;
}) => name ?? (companyId === undefined ? undefined : `client company ${companyId}`);
