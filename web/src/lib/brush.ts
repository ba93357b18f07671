// Which bars of a timeline two days choose, and the days that a choice of bars stands for.

import type { Bin } from "./types";

/** First and last chosen bar. */
export interface Choice {
  first: number;
  last: number;
}

/** Give the bars that two days touch; an empty day leaves that end open. */
export function choiceOf(bins: readonly Bin[], from: string, to: string): Choice {
  const end = Math.max(0, bins.length - 1);
  const first = from ? bins.findIndex((bin) => bin.end >= from) : 0;
  const last = to ? bins.findLastIndex((bin) => bin.start <= to) : end;
  const begun = first < 0 ? end : first;
  return { first: begun, last: Math.max(begun, last) };
}

/** Give the two days of a choice; an end that chooses nothing away is left open. */
export function daysOf(bins: readonly Bin[], { first, last }: Choice): { from: string; to: string } {
  const from = first > 0 ? (bins[first]?.start ?? "") : "";
  const to = last < bins.length - 1 ? (bins[last]?.end ?? "") : "";
  return { from, to };
}

/** Keep both ends of a drag in order and on the bars. */
export function choiceBetween(one: number, other: number, count: number): Choice {
  const held = (at: number) => Math.min(Math.max(at, 0), Math.max(0, count - 1));
  return { first: held(Math.min(one, other)), last: held(Math.max(one, other)) };
}
