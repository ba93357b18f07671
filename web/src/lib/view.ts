// The part of the world that the map shows, as the address names it: map=ZOOM/LAT/LON.

import type { Incident, Card, Mark } from "./types";

export type Box = [number, number, number, number];

export interface Position {
  lon: number;
  lat: number;
  zoom: number;
}

export function readPosition(text: string | null): Position | null {
  const parts = (text ?? "").split("/").map(Number);
  const [zoom, lat, lon] = parts;
  if (parts.length !== 3 || zoom === undefined || lat === undefined || lon === undefined) return null;
  if (!parts.every(Number.isFinite) || Math.abs(lat) > 90 || zoom < 0 || zoom > 22) return null;
  return { lon, lat, zoom };
}

export function writePosition({ lon, lat, zoom }: Position): string {
  return `${zoom.toFixed(2)}/${lat.toFixed(3)}/${lon.toFixed(3)}`;
}

export function readBox(text: string): Box | null {
  const parts = text.split(",").map(Number);
  return parts.length === 4 && parts.every(Number.isFinite) ? (parts as Box) : null;
}

export function writeBox(box: Box): string {
  return box.map((edge) => edge.toFixed(3)).join(",");
}

/** Give the box around all marks; null without any. */
export function boxAround(marks: readonly Mark[]): Box | null {
  if (!marks.length) return null;
  const edge = (at: 0 | 1 | 2 | 3, pick: (...all: number[]) => number) => pick(...marks.map((m) => m.bbox[at]));
  return [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
}

/** Widen a box by a share of its sides, so that a small move shows no gap; null once it is the world. */
export function widened([west, south, east, north]: Box, share: number): Box | null {
  const [wide, high] = [(east - west) * share, (north - south) * share];
  if (east - west + 2 * wide >= 360) return null;
  return [west - wide, Math.max(-90, south - high), east + wide, Math.min(90, north + high)];
}

/** Give the card of an incident that no list at hand holds. */
export function cardOf(one: Incident, typeLabel: string): Card {
  return {
    id: one.incident,
    headline: one.headline,
    date: one.date,
    place: one.place,
    type: one.type,
    type_label: typeLabel,
    weapon: one.weapon,
    target_type: one.target_type,
    perpetrators: one.perpetrators,
    claim_status: one.claim_status,
    killed: one.killed,
    injured: one.injured,
    grade: one.grade,
    sources: one.sources.count,
    reports: one.reports.length,
    review: one.review?.state ?? "open",
    risk: one.risk,
    reported: one.reported,
  };
}
