"""What lists show of an incident: a headline, a card, the facts that filters look at, doubts.

Derived from the record of an incident alone, so it can be made anew at any time.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from dateline.codebook import Codebook
from dateline.incidents.parts import actor_key, parts_played
from dateline.text import fold

Row = dict[str, Any]
Record = Mapping[str, Any]

FORM = 3  # rises when facts or cards change, so that what an older program made is made anew
EXACT_LEVELS = frozenset({"site", "town"})
_PREPOSITIONS = {"site": "at", "near": "near"}
_UNSURE = 0.5  # a score below it is worth a look


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look at an incident: `risk`, between 0 and 1, is the chance of a wrong cell.

    `kind` is link, disagreement, score, place, date or actor; `role` the cell it is about, `events`
    the two that a link joins or keeps apart.
    """

    kind: str
    says: str
    risk: float
    role: str | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The card that lists show, the facts that filters look at, and the words that find it."""

    card: Row
    facts: Row
    words: str
    doubts: tuple[Doubt, ...]


def overview(
    record: Record,
    codebook: Codebook,
    *,
    review: str = "open",
    titles: Sequence[str] = (),
    doubts: Sequence[Doubt] = (),
) -> Overview:
    """Give the overview of an incident's record, which names its `publishers`.

    `review` is the state a person left it in, `titles` those of its reports, `doubts` what the
    record does not show, such as how sure its links are. A reviewed incident has no risk.
    """
    found = (*doubts, *find_doubts(record))
    risk = 0.0 if review == "reviewed" else risk_of(found)
    actors = _actors(record, codebook)
    label = _label(codebook, "event_types", record["type"])
    card: Row = {
        "id": record["incident"],
        "headline": headline(record, codebook),
        "date": _part(record["date"], "earliest", "latest", "precision", "time"),
        "place": _part(record["place"], "name", "admin1", "country", "lat", "lon", "level"),
        "type": record["type"],
        "type_label": label,
        "weapon": record["weapon_detail"],
        "target_type": record["target_detail"],
        "perpetrators": actors,
        "claim_status": record["claim_status"],
        "killed": _part(record["killed"], "low", "high", "basis"),
        "injured": _part(record["injured"], "low", "high", "basis"),
        "grade": record["grade"],
        "sources": record["independent_sources"],
        "reports": len(record["reports"]),
        "review": review,
        "risk": risk,
        "reported": record["reported"],
    }
    facts = _facts(record, card) | _asked(record, codebook, found)
    return Overview(card, facts, _words(record, card, codebook, titles), found)


def headline(record: Record, codebook: Codebook) -> str:
    """Give an incident in one line: "Rocket attack at Balad Air Base, Iraq: 2 killed; unclaimed".

    Made from the roles, never from the words of a report; what is not known is left out.
    """
    what = _label(codebook, "event_types", record["type"]) or "incident"
    line = f"{what[:1].upper()}{what[1:]}{_where(record['place'], codebook)}"
    harm = _harm(record)
    blame = _blame(record, codebook)
    told = "; ".join(part for part in (harm, blame) if part)
    return f"{line}: {told}" if told else line


def risk_of(doubts: Sequence[Doubt]) -> float:
    """Give the chance that at least one doubt is right, as if none hung together."""
    return round(1 - reduce(lambda left, doubt: left * (1 - doubt.risk), doubts, 1.0), 3)


def find_doubts(record: Record) -> Iterator[Doubt]:
    """Yield what in the record of an incident asks for a person's eye."""
    if record["place"] is None:
        yield Doubt("place", "no place is known", 0.3, "place")
    elif record["place"]["lat"] is None:
        yield Doubt("place", "the place is not found in the gazetteer", 0.25, "place")
    elif record["place"]["level"] not in {*EXACT_LEVELS, "near"}:
        yield Doubt(
            "place", f"the place is known as a {record['place']['level']} only", 0.1, "place"
        )
    if record["date"] is None or not (record["date"]["earliest"] or record["date"]["latest"]):
        yield Doubt("date", "no date is known", 0.3, "date")
    for role in ("killed", "injured"):
        yield from _differing(record[role], role)
    for actor in record["perpetrators"]:
        if actor["id"] is None:
            yield Doubt("actor", f"{actor['name']} is not in the registry", 0.1, "perpetrator")
    if record["grade"] == "contested":
        yield Doubt("disagreement", "who did it is contested", 0.2, "perpetrator")
    lowest = min((c for c in record["claims"] if c["role"] == "type"), key=_score, default=None)
    if lowest is not None and _score(lowest) < _UNSURE:
        says = f"the type was read with a score of {_score(lowest):.2f}"
        yield Doubt("score", says, round(0.4 * (1 - _score(lowest)), 3), "type")


def _score(claim: Record) -> float:
    return float(claim["score"])


def _differing(count: Record | None, role: str) -> Iterator[Doubt]:
    """Yield a doubt where reports give different counts, graver the further they are apart."""
    low, high = (count or {}).get("reported_low"), (count or {}).get("reported_high")
    if low is not None and high is not None and high > low:
        says = f"reports give {low} to {high} {role}"
        yield Doubt("disagreement", says, round(0.1 + 0.3 * (high - low) / (high or 1), 3), role)


def _part(form: Record | None, *names: str) -> Row | None:
    return None if form is None else {name: form[name] for name in names}


def _label(codebook: Codebook, listing: str, term: str | None) -> str | None:
    if term is None:
        return None
    entry = codebook.lists[listing].get(term)
    return entry.label if entry else term.replace("_", " ")


def _where(place: Record | None, codebook: Codebook) -> str:
    if place is None or not place["name"]:
        return ""
    country = codebook.countries.get(place["country"] or "")
    inside = f", {country.name}" if country and place["level"] != "country" else ""
    name = country.name if country and place["level"] == "country" else place["name"]
    return f" {_PREPOSITIONS.get(place['level'], 'in')} {name}{inside}"


def _harm(record: Record) -> str:
    killed, injured = record["killed"], record["injured"]
    if _is_zero(killed) and _is_zero(injured):
        return "no casualties"
    parts = [
        _count_words(count, role) for role, count in (("killed", killed), ("injured", injured))
    ]
    return ", ".join(part for part in parts if part)


def _is_zero(count: Record | None) -> bool:
    return count is not None and count["low"] == 0 and count["high"] == 0


def _count_words(count: Record | None, role: str) -> str:
    if count is None:
        return ""
    low, high = count["low"], count["high"]
    if low is None and high is None:
        return f"some {role}"
    if low == high:
        about = "about " if count["basis"] in {"about", "vague"} else ""
        return f"{about}{low:,} {role}" if low else f"nobody {role}"
    if high is None:
        return f"at least {low:,} {role}"
    return f"up to {high:,} {role}" if not low else f"{low:,} to {high:,} {role}"


def _blame(record: Record, codebook: Codebook) -> str:
    named = [a["name"] for a in _actors(record, codebook) if a["stance"] != "denied"]
    who = " and ".join(named[:2]) if len(named) < 3 else f"{named[0]} and {len(named) - 1} others"  # noqa: PLR2004  (two names fit)
    if record["claim_status"] == "claimed" and who:
        return f"claimed by {who}"
    if who:
        return f"attributed to {who}"
    return "unclaimed" if record["claim_status"] == "unclaimed" else ""


def _actors(record: Record, codebook: Codebook) -> list[Row]:
    """Give the perpetrators by the names of the registry, else as the reports word them."""
    found = []
    for actor in record["perpetrators"]:
        known = codebook.actors.get(actor["id"] or "")
        name = known.name if known else actor["name"]
        found.append({"id": actor["id"], "name": name, "stance": actor["stance"]})
    return found


def _facts(record: Record, card: Row) -> Row:
    """Give what filters look at; days are ordinals of the proleptic Gregorian calendar."""
    date, place, killed = card["date"] or {}, card["place"] or {}, card["killed"] or {}
    return {
        "form": FORM,
        "headline": card["headline"],
        "first": _ordinal(date.get("earliest")),
        "last": _ordinal(date.get("latest")),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "level": place.get("level"),
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "type": card["type"],
        "weapon": card["weapon"],
        "target_type": card["target_type"],
        "claim_status": card["claim_status"],
        "grade": card["grade"],
        "review": card["review"],
        "killed": [killed.get("low"), killed.get("high")],
        "sources": card["sources"],
        "risk": card["risk"],
        "reported": card["reported"],
        "actors": [[actor_key(actor), actor["name"]] for actor in card["perpetrators"]],
        "publishers": list(record["publishers"]),
    }


def _asked(record: Record, codebook: Codebook, doubts: Sequence[Doubt]) -> Row:
    """Give what actors, tallies and the review desk ask of an incident."""
    place, injured = record["place"] or {}, record["injured"] or {}
    return {
        "parts": parts_played(record, codebook),
        "doubts": [[d.kind, d.role, d.risk, d.says, d.events] for d in doubts],
        "place": [place.get("id"), place.get("name")],
        "target": record["target"],
        "injured": [injured.get("low"), injured.get("high")],
    }


def _ordinal(day: str | None) -> int | None:
    return dt.date.fromisoformat(day).toordinal() if day else None


def _words(record: Record, card: Row, codebook: Codebook, titles: Sequence[str]) -> str:
    """Give the folded words that a search looks through; one blank around each.

    Names of victims are not among them.
    """
    told = [c["value"]["text"] for c in record["claims"] if c["role"] == "target" and c["value"]]
    places = [c["value"].get("name") for c in record["claims"] if c["role"] == "place"]
    names = [name for actor in record["perpetrators"] for name in actor["names"]]
    terms = [
        _label(codebook, "weapons", card["weapon"]),
        _label(codebook, "target_types", card["target_type"]),
        (card["place"] or {}).get("admin1"),
    ]
    parts = [card["headline"], record["target"], *terms, *told, *places, *names, *titles]
    return "\n".join(dict.fromkeys(fold(part) for part in parts if part))
