import { expect, test } from "vitest";
import { around, cutAtSpans, safeLink, shownParts } from "./text";

test("offsets count code points, so a rocket before a span does not shift it", () => {
  const pieces = cutAtSpans("🚀🚀 hit Mosul", [{ start: 7, end: 12 }]);
  expect(pieces.map((piece) => piece.text)).toEqual(["🚀🚀 hit ", "Mosul"]);
  expect(pieces[1]?.spans).toHaveLength(1);
});

test("spans that overlap are cut where either ends", () => {
  const spans = [
    { start: 0, end: 4 },
    { start: 2, end: 6 },
  ];
  const pieces = cutAtSpans("abcdef", spans);
  expect(pieces.map((piece) => [piece.text, piece.spans.length])).toEqual([
    ["ab", 1],
    ["cd", 2],
    ["ef", 1],
  ]);
});

test("the pieces of a text are the text", () => {
  const text = "née 🚀 “x” \u202Eabc";
  expect(cutAtSpans(text, [{ start: 2, end: 9 }]).map((piece) => piece.text).join("")).toBe(text);
});

test("a span beyond the text is left out", () => {
  expect(cutAtSpans("abc", [{ start: 1, end: 9 }])).toHaveLength(1);
});

test("characters that reorder or hide are named", () => {
  expect(shownParts("a\u202Eb")).toEqual([
    { text: "a", hidden: false },
    { text: "U+202E", hidden: true },
    { text: "b", hidden: false },
  ]);
  expect(shownParts("plain\nلغة")).toEqual([{ text: "plain\nلغة", hidden: false }]);
});

test("the words around a span are cut at spaces", () => {
  const text = `${"word ".repeat(40)}quote${" word".repeat(40)}`;
  const { before, after } = around(text, { start: 200, end: 205 }, 20);
  expect(before.startsWith("…word")).toBe(true);
  expect(after.endsWith("word…")).toBe(true);
});

test.each(["javascript:alert(1)", "data:text/html,x", "//", "not an address", null])("no link leads to %s", (url) => {
  expect(safeLink(url)).toBeNull();
});

test("a link leads to a web page", () => {
  expect(safeLink("https://example.org/a")).toBe("https://example.org/a");
});
