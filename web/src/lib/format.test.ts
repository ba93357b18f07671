import { describe, expect, test } from "vitest";
import { countWords, dateWords, manyWords, placeWords, reportedRange, speakerWords, valueWords } from "./format";
import type { Basis, CountForm, DateForm, PlaceForm } from "./types";

const count = (low: number | null, high: number | null, basis: Basis): CountForm => ({ low, high, basis });
const date = (earliest: string | null, latest: string | null, rest: Partial<DateForm> = {}): DateForm => ({
  earliest,
  latest,
  precision: "day",
  ...rest,
});

describe("a count keeps its basis", () => {
  test.each([
    [null, "not reported"],
    [count(0, 0, "none"), "none"],
    [count(12, 12, "exact"), "12"],
    [count(12, null, "at_least"), "at least 12"],
    [count(null, 5, "at_most"), "up to 5"],
    [count(3, 5, "exact"), "3 to 5"],
    [count(20, 20, "about"), "about 20"],
    [count(2, null, "vague"), "2 or more (vague)"],
    [count(null, null, "vague"), "some"],
    [count(1500, 1500, "exact"), "1,500"],
  ])("%j is %s", (value, words) => expect(countWords(value)).toBe(words));
});

describe("a date keeps its precision", () => {
  test.each([
    [null, "date unknown"],
    [date("2021-06-09", "2021-06-09"), "9 Jun 2021"],
    [date("2021-06-09", "2021-06-09", { time: "evening" }), "9 Jun 2021, evening"],
    [date("2021-06-01", "2021-06-30", { precision: "month" }), "June 2021"],
    [date("2021-01-01", "2021-12-31", { precision: "year" }), "2021"],
    [date("2021-06-07", "2021-06-13", { precision: "week" }), "week of 7 Jun 2021"],
    [date(null, "2021-06-09", { precision: "range" }), "by 9 Jun 2021"],
    [date("2021-06-09", null, { precision: "range" }), "since 9 Jun 2021"],
  ])("%j is %s", (value, words) => expect(dateWords(value)).toBe(words));
});

test("a range of days names both ends", () => {
  const words = dateWords(date("2021-06-03", "2021-07-09", { precision: "range" }));
  expect(words).toMatch(/3 Jun.+9 Jul 2021/u);
});

test("a place is told from narrow to wide, each name once", () => {
  const place: PlaceForm = { name: "Baghdad", admin1: "Baghdad", country: "IQ", lat: 33, lon: 44, level: "near" };
  expect(placeWords(place)).toBe("near Baghdad, Iraq");
  expect(placeWords(null)).toBe("place unknown");
});

test("the range of all reports is told only where it is wider", () => {
  expect(reportedRange({ ...count(3, 3, "exact"), reported_low: 2, reported_high: 14 })).toBe("2 to 14");
  expect(reportedRange({ ...count(3, 3, "exact"), reported_low: 3, reported_high: 3 })).toBe("");
});

test("a value names its terms as the codebook does, those that are counted too", () => {
  const label = (scheme: string, id: string) => (scheme === "weapon" && id === "car_bomb" ? "vehicle bomb" : id);
  expect(valueWords({ kind: "term", scheme: "weapon", id: "car_bomb" }, label)).toBe("vehicle bomb");
  expect(valueWords({ kind: "count", ...count(2, 2, "exact"), of: "car_bomb" }, label)).toBe("2 (vehicle bomb)");
  expect(valueWords({ kind: "count", ...count(3, 3, "exact"), of: "soldiers" }, label)).toBe("3 (soldiers)");
});

test("the innermost speaker comes first", () => {
  expect(speakerWords(["AFP", "coalition spokesman"])).toBe("coalition spokesman, via AFP");
});

test("one is not many", () => {
  expect(manyWords(1, "incident")).toBe("1 incident");
  expect(manyWords(2, "entry", "entries")).toBe("2 entries");
});
