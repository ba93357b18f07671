import { expect, test } from "vitest";
import { activeFilters, asQuery, NO_FILTERS, readFilters, toggled, withFilters, without } from "./filters";

test("an address read and written again is the same", () => {
  const text = "country=IQ&country=SY&actor=name%3Aa+b&q=air+base&from=2021-07-01&map=5%2F33%2F44";
  const query = new URLSearchParams(text);
  expect([...withFilters(query, readFilters(query))].sort()).toEqual([...query].sort());
});

test("a repeated value counts once", () => {
  expect(readFilters(new URLSearchParams("country=IQ&country=IQ")).country).toEqual(["IQ"]);
});

test("choosing a value twice takes it off", () => {
  const once = toggled(NO_FILTERS, "type", "rocket_attack");
  expect(once.type).toEqual(["rocket_attack"]);
  expect(toggled(once, "type", "rocket_attack")).toEqual(NO_FILTERS);
});

test("each filter that holds can be taken off alone", () => {
  const filters = readFilters(new URLSearchParams("country=IQ&country=SY&killed_min=3"));
  expect(activeFilters(filters)).toHaveLength(3);
  const rest = without(filters, { name: "country", value: "IQ" });
  expect(activeFilters(rest)).toEqual([
    { name: "killed_min", value: "3" },
    { name: "country", value: "SY" },
  ]);
});

test("a query can leave filters out", () => {
  const filters = readFilters(new URLSearchParams("from=2021-01-01&country=IQ"));
  expect(asQuery(filters, ["from"])).not.toHaveProperty("from");
});
