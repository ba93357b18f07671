// Marks on the map: filled where the place itself is known, hollow where only an area is.

import type { Feature, FeatureCollection, Point } from "geojson";
import type { ExpressionSpecification, LayerSpecification, Map as GlobeMap } from "maplibre-gl";
import { colourOf } from "./theme.svelte";
import type { Mark } from "./types";

export const MARK_LAYERS = ["marks-approximate", "marks-mixed", "marks-exact"];

const SIZE: ExpressionSpecification = [
  "interpolate",
  ["linear"],
  ["sqrt", ["get", "count"]],
  1,
  6,
  3,
  11,
  10,
  17,
  32,
  25,
];

/** Give marks as features; `at` finds a mark again after a click. */
export function markFeatures(marks: readonly Mark[], chosen: string | null): FeatureCollection<Point> {
  const features = marks.map((mark, at): Feature<Point> => {
    const kind = mark.approximate === 0 ? "exact" : mark.approximate === mark.count ? "approximate" : "mixed";
    return {
      type: "Feature",
      geometry: { type: "Point", coordinates: [mark.lon, mark.lat] },
      properties: { at, kind, count: mark.count, chosen: mark.id === chosen && chosen !== null },
    };
  });
  return { type: "FeatureCollection", features };
}

export function addMarks(map: GlobeMap): void {
  map.addSource("marks", { type: "geojson", data: markFeatures([], null) });
  for (const layer of markLayers()) map.addLayer(layer);
}

export function recolourMarks(map: GlobeMap): void {
  for (const layer of markLayers()) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      if (map.getLayer(layer.id)) map.setPaintProperty(layer.id, name as "circle-color", value as string);
    }
  }
}

function markLayers(): LayerSpecification[] {
  const mark = colourOf("--map-mark");
  const inside = colourOf("--map-mark-text");
  const ground = colourOf("--map-land");
  const source = "marks";
  return [
    {
      id: "marks-approximate",
      type: "circle",
      source,
      filter: ["==", ["get", "kind"], "approximate"],
      paint: {
        "circle-radius": ["+", SIZE, 2],
        "circle-color": ground,
        "circle-opacity": 0.55,
        "circle-stroke-color": mark,
        "circle-stroke-width": 2,
      },
    },
    {
      // Some of these are known exactly and some are not: a filled mark within a hollow one.
      id: "marks-mixed",
      type: "circle",
      source,
      filter: ["==", ["get", "kind"], "mixed"],
      paint: {
        "circle-radius": ["+", SIZE, 4],
        "circle-color": ground,
        "circle-opacity": 0.55,
        "circle-stroke-color": mark,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "marks-exact",
      type: "circle",
      source,
      filter: ["!=", ["get", "kind"], "approximate"],
      paint: {
        "circle-radius": SIZE,
        "circle-color": mark,
        "circle-stroke-color": ground,
        "circle-stroke-width": 1,
      },
    },
    {
      id: "marks-chosen",
      type: "circle",
      source,
      filter: ["get", "chosen"],
      paint: {
        "circle-radius": ["+", SIZE, 6],
        "circle-opacity": 0,
        "circle-stroke-color": colourOf("--accent"),
        "circle-stroke-width": 3,
      },
    },
    {
      id: "marks-count",
      type: "symbol",
      source,
      filter: [">", ["get", "count"], 1],
      layout: {
        "text-field": ["to-string", ["get", "count"]],
        "text-size": 11,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": ["case", ["==", ["get", "kind"], "approximate"], colourOf("--text"), inside] },
    },
  ];
}
