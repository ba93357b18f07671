// A map that needs no network: Natural Earth's countries, from files the server carries itself.

import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from "geojson";
import type { GeoJSONSource, LayerSpecification, Map as GlobeMap, StyleSpecification } from "maplibre-gl";
import type { GeometryCollection, Topology } from "topojson-specification";
import fine from "world-atlas/countries-10m.json?url";
import coarse from "world-atlas/countries-110m.json?url";
import medium from "world-atlas/countries-50m.json?url";
import { get } from "./api";
import { colourOf } from "./theme.svelte";
import type { Box } from "./view";

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;
interface Town {
  name: string;
  lon: number;
  lat: number;
  population: number;
}
type Land = Feature<Polygon | MultiPolygon, { name: string }>;

/** From which zoom on each file is fine enough. */
const DETAIL: [number, string][] = [
  [5.5, fine],
  [2.5, medium],
  [0, coarse],
];
/** From which zoom on towns are named, and how many at once. */
const TOWNS_FROM = 4;
const MOST_TOWNS = 80;
/** How a box is brought into view: with room around it, and never nearer than a region. */
export const FITTING = { padding: 48, maxZoom: 7 };
const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

/** Tell whether this browser can draw the map at all. */
export function hasWebGL(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

export interface MapOptions {
  container: HTMLElement;
  center: [number, number];
  zoom: number;
  /** A box to fit instead of centre and zoom. */
  box?: Box | null;
  tiles: string | null;
  interactive?: boolean;
}

/** Fetch the library ahead of its use. */
export function warmUp(): void {
  void import("maplibre-gl");
}

/** Make a map with land, borders and names; gives it once it can take further layers. */
export async function openMap(options: MapOptions): Promise<GlobeMap> {
  const [{ Map, setWorkerUrl }, { default: worker }] = await Promise.all([
    import("maplibre-gl"),
    import("maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url"),
    import("maplibre-gl/dist/maplibre-gl.css"),
  ]);
  setWorkerUrl(worker);
  const map = new Map({
    container: options.container,
    style: baseStyle(options.tiles),
    center: options.center,
    zoom: options.zoom,
    ...(options.box ? { bounds: options.box, fitBoundsOptions: FITTING } : {}),
    minZoom: 0,
    maxZoom: options.tiles ? 18 : 12,
    interactive: options.interactive ?? true,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    renderWorldCopies: true,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise<void>((resolve) => void map.once("style.load", () => resolve()));
  keepDetail(map);
  keepTowns(map);
  return map;
}

/** Give the map the colours of the theme that holds now. */
export function recolour(map: GlobeMap): void {
  for (const layer of baseLayers()) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      if (map.getLayer(layer.id)) map.setPaintProperty(layer.id, name as "fill-color", value as string);
    }
  }
}

function baseStyle(tiles: string | null): StyleSpecification {
  const style: StyleSpecification = {
    version: 8,
    sources: {
      land: { type: "geojson", data: EMPTY, attribution: "Natural Earth" },
      names: { type: "geojson", data: EMPTY },
      towns: { type: "geojson", data: EMPTY, attribution: "GeoNames" },
    },
    layers: baseLayers(),
  };
  if (!tiles) return style;
  style.sources["tiles"] = { type: "raster", tiles: [tiles], tileSize: 256, attribution: new URL(tiles).host };
  // Tiles name their own places.
  const own = style.layers.filter((layer) => !layer.id.startsWith("town") && layer.id !== "names");
  style.layers = [...own, { id: "tiles", type: "raster", source: "tiles" }];
  return style;
}

function baseLayers(): LayerSpecification[] {
  return [
    { id: "water", type: "background", paint: { "background-color": colourOf("--map-water") } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colourOf("--map-land") } },
    {
      id: "borders",
      type: "line",
      source: "land",
      paint: { "line-color": colourOf("--map-border"), "line-width": 0.7 },
    },
    {
      id: "names",
      type: "symbol",
      source: "names",
      layout: {
        "text-field": ["get", "name"],
        "text-size": ["interpolate", ["linear"], ["zoom"], 1, 10, 6, 14],
        "text-letter-spacing": 0.05,
        "text-max-width": 7,
        "symbol-sort-key": ["-", 0, ["get", "size"]],
      },
      paint: {
        "text-color": colourOf("--map-label"),
        "text-halo-color": colourOf("--map-halo"),
        "text-halo-width": 1.2,
      },
    },
    {
      id: "towns",
      type: "circle",
      source: "towns",
      minzoom: TOWNS_FROM,
      paint: { "circle-radius": 1.8, "circle-color": colourOf("--map-label") },
    },
    {
      id: "town-names",
      type: "symbol",
      source: "towns",
      minzoom: TOWNS_FROM,
      layout: {
        "text-field": ["get", "name"],
        "text-size": 11,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.5,
        "text-justify": "auto",
        "symbol-sort-key": ["-", 0, ["get", "population"]],
      },
      paint: {
        "text-color": colourOf("--map-label"),
        "text-halo-color": colourOf("--map-halo"),
        "text-halo-width": 1,
      },
    },
  ];
}

/** Name the largest towns in view, from the server's own gazetteer; without an answer, none. */
function keepTowns(map: GlobeMap): void {
  let request: AbortController | undefined;
  const follow = async (): Promise<void> => {
    request?.abort();
    if (map.getZoom() < TOWNS_FROM) return;
    const mine = (request = new AbortController());
    const [[west, south], [east, north]] = map.getBounds().toArray();
    const box = { west: turned(west), south, east: turned(east), north };
    try {
      const towns = await get<Town[]>("/api/places/towns", { ...box, limit: MOST_TOWNS }, mine.signal);
      const features = towns.map(
        ({ lon, lat, ...rest }): Feature<Point> => ({
          type: "Feature",
          geometry: { type: "Point", coordinates: [lon, lat] },
          properties: rest,
        }),
      );
      map.getSource<GeoJSONSource>("towns")?.setData({ type: "FeatureCollection", features });
    } catch {
      // A map without the names of towns is still a map.
    }
  };
  map.on("moveend", () => void follow());
  void follow();
}

/** Give a longitude between -180 and 180; a map that wraps around counts on beyond. */
function turned(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

function keepDetail(map: GlobeMap): void {
  let [shown, named, gone] = ["", false, false];
  map.on("remove", () => (gone = true));
  const follow = async (): Promise<void> => {
    const wanted = DETAIL.find(([zoom]) => map.getZoom() >= zoom)?.[1] ?? coarse;
    if (wanted === shown) return;
    shown = wanted;
    // The coarse file is a tenth of the others: it is there first, and carries the names.
    const files = named ? [wanted] : [...new Set([coarse, wanted])];
    for (const file of files) {
      const land = await readLand(file);
      if (gone || wanted !== shown) return;
      map.getSource<GeoJSONSource>("land")?.setData({ type: "FeatureCollection", features: land });
      if (file === coarse) {
        map.getSource<GeoJSONSource>("names")?.setData(nameFeatures(land));
        named = true;
      }
    }
  };
  // A file that does not arrive leaves the map as coarse as it was.
  const tryTo = () => void follow().catch(() => (shown = ""));
  map.on("zoomend", tryTo);
  tryTo();
}

const held = new Map<string, Promise<Land[]>>();

function readLand(file: string): Promise<Land[]> {
  const known = held.get(file);
  if (known) return known;
  const coming = fetchLand(file);
  held.set(file, coming);
  coming.catch(() => held.delete(file));
  return coming;
}

async function fetchLand(file: string): Promise<Land[]> {
  const [{ feature }, answer] = await Promise.all([import("topojson-client"), fetch(file)]);
  const topology = (await answer.json()) as Countries;
  const { features } = feature(topology, topology.objects.countries);
  return (features as Land[]).map(withoutSlivers);
}

/** Leave out rings that wrap around the world: they would draw a line across the map. */
function withoutSlivers(land: Land): Land {
  if (land.geometry.type !== "MultiPolygon") return land;
  const kept = land.geometry.coordinates.filter(([outer]) => outer && !wraps(outer));
  return { ...land, geometry: { type: "MultiPolygon", coordinates: kept } };
}

function wraps(ring: Position[]): boolean {
  const longitudes = ring.map((point) => point[0] ?? 0);
  // Antarctica does reach around the world.
  const southern = ring.every((point) => (point[1] ?? 0) < -60);
  return !southern && Math.max(...longitudes) - Math.min(...longitudes) > 180;
}

function nameFeatures(land: Land[]): FeatureCollection<Point> {
  const features = land.flatMap((country): Feature<Point>[] => {
    const rings =
      country.geometry.type === "Polygon"
        ? [country.geometry.coordinates[0] ?? []]
        : country.geometry.coordinates.map((polygon) => polygon[0] ?? []);
    const centres = rings.map(centreOf).sort((a, b) => b.size - a.size);
    const widest = centres[0];
    if (!widest || !country.properties.name) return [];
    const geometry: Point = { type: "Point", coordinates: widest.at };
    return [{ type: "Feature", geometry, properties: { name: country.properties.name, size: widest.size } }];
  });
  return { type: "FeatureCollection", features };
}

/** The centre of mass of a ring and its size in square degrees (shoelace formula). */
function centreOf(ring: Position[]): { at: [number, number]; size: number } {
  let [twice, x, y] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  if (!twice) return { at: [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0], size: 0 };
  return { at: [x / (3 * twice), y / (3 * twice)], size: Math.abs(twice / 2) };
}
