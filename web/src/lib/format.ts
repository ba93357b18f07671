// Values in words. Nothing is printed as surer than it is: precision and basis are part of it.

import type {
  Bin,
  CountForm,
  DateForm,
  DatePrecision,
  PlaceForm,
  PlaceLevel,
  Stance,
  ValueForm,
} from "./types";

const LOCALE = "en-GB";
const day = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(LOCALE, { month: "long", year: "numeric", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const number = new Intl.NumberFormat(LOCALE);
const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

export function numberWords(value: number): string {
  return number.format(value);
}

/** "1 report", "12 reports". */
export function manyWords(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** One day: "9 Jun 2021". Gives the text itself where it is no ISO day. */
export function dayWords(iso: string): string {
  const date = parsed(iso);
  return date ? day.format(date) : iso;
}

/** A moment the server recorded, in the reader's own time zone. */
export function momentWords(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : moment.format(date);
}

/** A date with its precision: "9 Jun 2021, evening", "June 2021", "between 3 and 9 Jun 2021". */
export function dateWords(date: DateForm | null): string {
  if (!date || (!date.earliest && !date.latest)) return "date unknown";
  const { earliest, latest } = date;
  if (!earliest) return `by ${dayWords(latest ?? "")}`;
  if (!latest) return `since ${dayWords(earliest)}`;
  const time = date.time ? `, ${date.time}${date.zone ? ` ${date.zone}` : ""}` : "";
  if (earliest === latest) return dayWords(earliest) + time;
  const from = parsed(earliest);
  if (from && date.precision === "month") return month.format(from);
  if (from && date.precision === "year") return String(from.getUTCFullYear());
  if (date.precision === "week") return `week of ${dayWords(earliest)}`;
  return `${rangeWords(earliest, latest)}${time}`;
}

export function precisionWords(precision: DatePrecision): string {
  return PRECISIONS[precision];
}

const PRECISIONS: Record<DatePrecision, string> = {
  day: "to the day",
  week: "to the week",
  month: "to the month",
  year: "to the year",
  range: "within these days",
  unknown: "unknown",
};

/** A count with its basis: "12", "at least 12", "3 to 5", "several", "none". Null: not reported. */
export function countWords(count: CountForm | null): string {
  if (!count) return "not reported";
  const { low, high, basis } = count;
  if (basis === "none" || (low === 0 && high === 0)) return "none";
  if (low === null && high === null) return "some";
  if (low === null) return `up to ${number.format(high ?? 0)}`;
  if (high === null) return basis === "about" ? `about ${number.format(low)}` : atLeastWords(low, basis === "vague");
  if (low !== high) return `${number.format(low)} to ${number.format(high)}`;
  if (basis === "at_least") return atLeastWords(low);
  if (basis === "at_most") return `up to ${number.format(low)}`;
  if (basis === "about" || basis === "vague") return `about ${number.format(low)}`;
  return number.format(low);
}

/** The range of all reports, where it is wider than the number: "2 to 14". */
export function reportedRange(count: CountForm | null): string {
  const low = count?.reported_low ?? null;
  const high = count?.reported_high ?? null;
  if (low === null || high === null || low === high) return "";
  return `${number.format(low)} to ${number.format(high)}`;
}

export function countryWords(code: string | null | undefined): string {
  if (!code) return "";
  try {
    return countryNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** A place from narrow to wide: "Balad Air Base, Salah ad Din, Iraq". */
export function placeWords(place: PlaceForm | null): string {
  if (!place) return "place unknown";
  const country = countryWords(place.country);
  const parts = [place.name, place.admin1, country].filter((part): part is string => Boolean(part));
  const whole = parts.filter((part, i) => parts.indexOf(part) === i).join(", ");
  return place.level === "near" ? `near ${whole}` : whole;
}

/** How far the coordinates of a place may be trusted. */
export function levelWords(level: PlaceLevel | null): string {
  return level ? LEVELS[level] : "level unknown";
}

const LEVELS: Record<PlaceLevel, string> = {
  site: "exact site",
  town: "town",
  near: "near this place",
  district: "somewhere in the district",
  province: "somewhere in the province",
  area: "somewhere in the area",
  country: "somewhere in the country",
  sea: "at sea",
  unknown: "level unknown",
};

/** True where a mark on a map stands for the place itself and not for the area around it. */
export function isExact(level: PlaceLevel | null): boolean {
  return level === "site" || level === "town";
}

export function stanceWords(stance: Stance): string {
  return STANCES[stance];
}

const STANCES: Record<Stance, string> = {
  asserted: "stated",
  suspected: "suspected",
  denied: "denied",
  hypothetical: "hypothetical",
};

/** Any value of a claim; `label` gives a term's name, as `termLabel` of the session does. */
export function valueWords(value: ValueForm | null, label: (scheme: string, id: string) => string): string {
  if (!value) return "not resolved";
  switch (value.kind) {
    case "term":
      return label(value.scheme, value.id);
    case "actor":
      return value.name;
    case "place":
      return placeWords(value);
    case "when":
      return dateWords(value);
    case "count":
      // Munitions are counted by weapon, a term of the codebook; people in the report's own words.
      return value.of ? `${countWords(value)} (${label("weapon", value.of)})` : countWords(value);
    case "text":
      return value.text;
    case "unknown":
      return `unknown: ${value.reason}`;
  }
}

/** Who made a claim: a person's name, or an extractor with its version. */
export function originWords(origin: string): string {
  return origin.replace(/^human:/, "");
}

/** What a date hangs on; empty where that is not known. */
export function basisWords(basis: string | null | undefined): string {
  return (basis && BASES[basis]) || "";
}

const BASES: Record<string, string> = {
  stated: "as stated",
  publication: "counted from the day of publication",
  event: "counted from another event",
};

/** The chain of speakers, as stored outermost first: "coalition spokesman, via AFP". */
export function speakerWords(speakers: readonly string[]): string {
  return [...speakers].reverse().join(", via ");
}

/** The span of days a bar of the timeline stands for. */
export function binWords(bin: Bin): string {
  return bin.start === bin.end ? dayWords(bin.start) : rangeWords(bin.start, bin.end);
}

function rangeWords(earliest: string, latest: string): string {
  const from = parsed(earliest);
  const to = parsed(latest);
  return from && to ? day.formatRange(from, to) : `${earliest} to ${latest}`;
}

function atLeastWords(low: number, vague = false): string {
  return vague ? `${number.format(low)} or more (vague)` : `at least ${number.format(low)}`;
}

function parsed(iso: string): Date | null {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}
