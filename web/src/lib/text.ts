// The text of reports, which anybody may have written: offsets, spans, and what it may hide.

export interface Spanned {
  start: number;
  end: number;
}

export interface Piece<T extends Spanned> {
  text: string;
  start: number;
  /** The spans that cover this piece, the widest first. */
  spans: T[];
}

/**
 * Cut a text at the ends of its spans.
 *
 * Offsets count code points, as Python does, while JavaScript's count UTF-16 units.
 */
export function cutAtSpans<T extends Spanned>(text: string, spans: readonly T[]): Piece<T>[] {
  const points = Array.from(text);
  const inside = spans.filter((span) => span.start < span.end && span.end <= points.length);
  const cuts = new Set([0, points.length]);
  for (const span of inside) cuts.add(span.start).add(span.end);
  const ordered = [...cuts].sort((left, right) => left - right);
  const wide = [...inside].sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Piece<T>[] = [];
  for (let i = 0; i + 1 < ordered.length; i += 1) {
    const start = ordered[i] ?? 0;
    const end = ordered[i + 1] ?? 0;
    const covering = wide.filter((span) => span.start <= start && span.end >= end);
    pieces.push({ text: points.slice(start, end).join(""), start, spans: covering });
  }
  return pieces;
}

/** Give the words around a span, cut at spaces, for a quote in its sentence. */
export function around(text: string, span: Spanned, reach = 90): { before: string; after: string } {
  const points = Array.from(text);
  const before = points.slice(Math.max(0, span.start - reach), span.start).join("");
  const after = points.slice(span.end, span.end + reach).join("");
  return {
    before: span.start > reach ? `…${before.replace(/^\S*\s/, "")}` : before,
    after: span.end + reach < points.length ? `${after.replace(/\s\S*$/, "")}…` : after,
  };
}

/** Characters that change how others are shown, or that cannot be seen at all. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

export interface Shown {
  text: string;
  /** The code point's name, such as "U+202E", where the character itself is not shown. */
  hidden: boolean;
}

/** Part a text into what may be shown and the hidden characters, which are named instead. */
export function shownParts(text: string): Shown[] {
  if (!HIDDEN.test(text)) return [{ text, hidden: false }];
  const parts: Shown[] = [];
  let plain = "";
  for (const point of text) {
    if (!HIDDEN.test(point)) {
      plain += point;
      continue;
    }
    if (plain) parts.push({ text: plain, hidden: false });
    plain = "";
    const code = (point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    parts.push({ text: `U+${code}`, hidden: true });
  }
  if (plain) parts.push({ text: plain, hidden: false });
  return parts;
}

/** Give an address only if a link may lead there; a report's own address can be anything. */
export function safeLink(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}
