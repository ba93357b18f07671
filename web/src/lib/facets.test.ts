import { expect, test } from "vitest";
import { asTree } from "./facets";
import type { Facet } from "./types";

const facet = (value: string, count: number, parent?: string): Facet => ({
  value,
  label: value,
  count,
  parent: parent ?? null,
});
const TYPES = [
  facet("violence", 9),
  facet("attack", 8, "violence"),
  facet("rocket", 6, "attack"),
  facet("ambush", 2, "attack"),
  facet("arrest", 1, "violence"),
];
const names = (tree: ReturnType<typeof asTree>) => tree.map(({ facet, depth }) => `${depth} ${facet.value}`);

test("values stand below their wider term, without the one that holds all", () => {
  expect(names(asTree(TYPES, () => true))).toEqual(["0 attack", "1 rocket", "1 ambush", "0 arrest"]);
});

test("a kept value keeps its wider terms", () => {
  expect(names(asTree(TYPES, (one) => one.value === "ambush"))).toEqual(["0 attack", "1 ambush"]);
});

test("a facet without wider terms is a plain list", () => {
  const countries = [facet("IQ", 3), facet("SY", 1)];
  expect(names(asTree(countries, (_, rank) => rank < 1))).toEqual(["0 IQ"]);
});
