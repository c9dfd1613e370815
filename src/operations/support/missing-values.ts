/** Values that a campaign's texts use without a fallback, and that these people neither bring nor have. */
import { needsValue, snippetFields, tagsIn } from "../../model/snippets.ts";
import type { Dossier } from "../../preflight/dossier.ts";
import type { Loose } from "../../values/loose.ts";
import type { EnrolledRow } from "../../woodpecker/prospects.ts";

interface Values {
  brought: Loose;
  /** What the account has of them; what is brought comes before it only where known people are changed. */
  known: EnrolledRow | undefined;
}

export function missingValues(
  { steps }: Pick<Dossier, "steps">,
  people: readonly Values[],
  update: boolean,
): string[] {
  const texts = steps.flatMap(({ versions }) =>
    versions.flatMap(({ subject = "", message }) => [subject, message]),
  );
  const bare = texts
    .flatMap(tagsIn)
    .filter(needsValue)
    .map(({ name }) => name);
  return [...new Set(bare)].flatMap((name) => {
    const field = snippetFields[name] as string;
    const has = ({ brought, known }: Values) => {
      const kept = known?.[field];
      return Boolean(known === undefined ? brought[field] : update ? (brought[field] ?? kept) : kept);
    };
    const without = people.filter((one) => !has(one));
    const older = people.filter(({ brought, known }) => update && !brought[field] && Boolean(known?.[field]));
    const stale = field.startsWith("snippet") && older.length > 0;
    return [
      ...(without.length > 0
        ? [
            `${without.length} of ${people.length} ${sayWithout(without, field)}, which {{${name}}} needs: they are set aside.`,
          ]
        : []),
      ...(stale
        ? [
            `${older.length} of ${people.length} bring no ${field}, which {{${name}}} shows, and keep an older value.`,
          ]
        : []),
    ];
  });
}

/** Somebody who is known keeps what the account has, whatever is brought, unless known people are changed. */
const sayWithout = (people: readonly Values[], field: string) =>
  people.some(({ brought }) => brought[field])
    ? `have no ${field} in the account, and it is not changed without update_existing`
    : `bring no ${field}`;
