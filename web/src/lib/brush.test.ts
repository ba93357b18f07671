import { expect, test } from "vitest";
import { choiceBetween, choiceOf, daysOf } from "./brush";

const BINS = ["01", "02", "03", "04"].map((day) => ({
  start: `2021-07-${day}`,
  end: `2021-07-${day}`,
  count: 1,
  killed_low: 0,
}));

test("no days choose all bars, and all bars stand for no days", () => {
  expect(choiceOf(BINS, "", "")).toEqual({ first: 0, last: 3 });
  expect(daysOf(BINS, { first: 0, last: 3 })).toEqual({ from: "", to: "" });
});

test("the days of a choice choose it again", () => {
  const days = daysOf(BINS, { first: 1, last: 2 });
  expect(days).toEqual({ from: "2021-07-02", to: "2021-07-03" });
  expect(choiceOf(BINS, days.from, days.to)).toEqual({ first: 1, last: 2 });
});

test("days beyond the bars choose the nearest", () => {
  expect(choiceOf(BINS, "2022-01-01", "")).toEqual({ first: 3, last: 3 });
  expect(choiceOf([], "2022-01-01", "")).toEqual({ first: 0, last: 0 });
});

test("a drag backwards, and off the bars, is a choice too", () => {
  expect(choiceBetween(2, -5, 4)).toEqual({ first: 0, last: 2 });
  expect(choiceBetween(1, 99, 4)).toEqual({ first: 1, last: 3 });
});
