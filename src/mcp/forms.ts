/** The one form that clients are asked to show, and which clients can. */
/** An empty declaration means forms; one that names only links does not. */
export const canShowForms = (elicitation: object | undefined) =>
  elicitation !== undefined && ("form" in elicitation || Object.keys(elicitation).length === 0);

export const confirmSchema = {
  type: "object" as const,
  properties: {
    confirm: {
      type: "boolean" as const,
      title: "Yes, do it",
      description: "Nothing happens unless this is set.",
      default: false,
    },
  },
  required: ["confirm"],
};
