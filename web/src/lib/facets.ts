// The values of a facet, some of which are filed under others.

import type { Facet } from "./types";

export interface Branch {
  facet: Facet;
  /** How many of its wider terms stand above it. */
  depth: number;
}

/**
 * Give the values that `keep` picks, each below its wider term, most counted first.
 *
 * `rank` is a value's place by count. Wider terms of a kept value are kept; a term that all others
 * are filed under says nothing and is left out.
 */
export function asTree(values: readonly Facet[], keep: (facet: Facet, rank: number) => boolean): Branch[] {
  const byValue = new Map(values.map((facet) => [facet.value, facet]));
  const parentOf = (facet: Facet) => (facet.parent ? byValue.get(facet.parent) : undefined);
  const roots = values.filter((facet) => !parentOf(facet));
  const [only] = roots;
  const trunk = roots.length === 1 && values.length > 1 ? only : undefined;

  const kept = new Set<Facet>();
  const ranked = values.filter((facet) => facet !== trunk);
  ranked.forEach((facet, rank) => {
    if (!keep(facet, rank)) return;
    for (let one: Facet | undefined = facet; one && one !== trunk; one = parentOf(one)) kept.add(one);
  });

  const below = (parent: Facet | undefined, depth: number): Branch[] =>
    ranked
      .filter((facet) => kept.has(facet) && parentOf(facet) === parent)
      .flatMap((facet) => [{ facet, depth }, ...below(facet, depth + 1)]);
  return below(trunk, 0);
}
