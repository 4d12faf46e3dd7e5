const union = '\nUNION ALL\n';
/** More of them tell nobody more, and a plan is to stay readable. */
const mostBranches = 20;

export interface TextPair {
  readonly live?: string;
  readonly desired?: string;
}

/** The branches of two queries that are not in both, in their order: of a view over many tables one or two differ. */
export function differingBranches({ live, desired }: TextPair): TextPair {
  const [before, after] = [branchesOf(live), branchesOf(desired)];
  const [known, wanted] = [new Set(before), new Set(after)];
  return {
    ...(live === undefined ? {} : { live: joined(before.filter((branch) => !wanted.has(branch))) }),
    ...(desired === undefined ? {} : { desired: joined(after.filter((branch) => !known.has(branch))) }),
  };
}

function branchesOf(query: string | undefined): readonly string[] {
  return query === undefined ? [] : query.trim().replace(/;$/u, '').split(union);
}

function joined(branches: readonly string[]): string {
  const rest = branches.length - mostBranches;
  return [...branches.slice(0, mostBranches), ...(rest > 0 ? [`-- and ${String(rest)} more branches`] : [])].join(
    union,
  );
}
