"""Made-up reports with the skew of real ones, to measure how linking grows.

Towns follow Zipf's law (of 5,000 the first has one incident in 27), and so do the reports of an
incident (most have one, a few have dozens) and the people who are named. Days go by at 270 events
each, about what the world's news tells. A report may know the province only, be a day off, count
otherwise, leave things out, or repeat another word for word. Nothing here is a real place, person
or event.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from dateline.link.words import FILE
from dateline.model import Claim, Report, event_id, make_claim
from dateline.values import Count, Place, Term, Value, When

ORIGIN = "synthetic/1"
EVENTS_A_DAY = 270
FIRST_DAY = dt.date(2021, 1, 1)
TOWNS = 5000
SKEW = 0.8
COUNTRIES = 20
PEOPLE = 200
COPIED = 0.05  # shares of reports
DATED = 0.95
ARMED = 0.8
AIMED = 0.5
COUNTED = 0.6
MUNITIONS = 0.3
VAGUE = 0.08
FILLER = 60  # words of a report that say nothing
FILLING = FILE.read_text("utf-8").split()[100:3100]
Told = tuple[Report, list[Claim]]


@dataclass(frozen=True, slots=True)
class Happening:
    """What really happened in the made-up world."""

    number: int
    day: dt.date
    town: int
    kind: str
    weapon: str
    target: str
    killed: int
    injured: int
    munitions: int
    minute: int
    people: tuple[int, ...]


KINDS = (
    ("rocket_attack", "rocket"),
    ("artillery_shelling", "artillery"),
    ("drone_strike", "drone"),
    ("air_strike", "air_strike"),
    ("ied", "ied"),
    ("shooting", "firearm"),
    ("suicide_bombing", "suicide_vest"),
    ("armed_clash", "firearm"),
)
TARGETS = ("military_base", "civilians", "police", "market", "checkpoint")


def tell(events: int, seed: int = 3) -> Iterator[Told]:
    """Give as many reports, each with the claims of one event."""
    random = Random(seed)  # noqa: S311  (a fixed sequence)
    towns = list(accumulate((rank + 1) ** -SKEW for rank in range(TOWNS)))
    told = number = 0
    while told < events:
        happening = _happen(number, told, random, towns)
        number += 1
        last: Report | None = None
        for _ in range(min(events - told, _reports(random))):
            copied = last if random.random() < COPIED else None
            report, claims = _tell(happening, told, random, copied)
            last = report
            told += 1
            yield report, claims


def _reports(random: Random) -> int:
    return min(60, int(random.paretovariate(1.7)))


def _happen(number: int, told: int, random: Random, towns: list[float]) -> Happening:
    kind, weapon = random.choice(KINDS)
    town = random.choices(range(TOWNS), cum_weights=towns)[0]
    return Happening(
        number=number,
        day=FIRST_DAY + dt.timedelta(told // EVENTS_A_DAY),
        town=town,
        kind=kind,
        weapon=weapon,
        target=random.choice(TARGETS),
        killed=int(random.paretovariate(1)) - 1,
        injured=int(2 * random.paretovariate(1)) - 2,
        munitions=random.randint(1, 12),
        minute=random.randrange(24 * 60),
        people=tuple(
            min(PEOPLE - 1, int(random.paretovariate(0.3)) - 1) for _ in range(random.randint(1, 4))
        ),
    )


def _tell(happening: Happening, told: int, random: Random, copied: Report | None) -> Told:
    published = happening.day + dt.timedelta(random.choice((0, 0, 1, 1, 2)))
    country = happening.town % COUNTRIES
    # Given names that many share are common words; this one is of one person.
    given = (_word(person * COUNTRIES + country) for person in happening.people)
    names = [f"Person{name} Family{_word(country)}" for name in given]
    filler = " ".join(random.choices(FILLING, k=FILLER))
    words = f"The attack in Town{happening.town} was seen by {', then by '.join(names)} and others."
    text = copied.text if copied else f"{words}\n{filler}"
    name = f"r_{told:016x}"
    report = Report(
        id=name, text=text, publisher=f"Paper {told % 97}", published=published.isoformat()
    )
    event = event_id(report, "incident", report.span(4, 10))
    claims = [
        make_claim(event, role, report.span(4, 10), value, origin=ORIGIN)
        for role, value in _cells(happening, random)
    ]
    return report, claims


def _cells(happening: Happening, random: Random) -> Iterator[tuple[str, Value]]:
    yield "type", Term("event_type", happening.kind)
    if random.random() < DATED:
        off = dt.timedelta(random.choice((0,) * 12 + (1,)))
        yield "date", When(happening.day + off, happening.day + off, "day", "stated")
    yield "place", _place(happening, random)
    if random.random() < ARMED:
        yield "weapon", Term("weapons", happening.weapon)
    if random.random() < AIMED:
        yield "target_type", Term("target_types", happening.target)
    for role, number in (("killed", happening.killed), ("injured", happening.injured)):
        if random.random() < COUNTED:
            said = max(0, number + random.choice((0, 0, 0, 1, -1, 3)))
            yield role, Count(said, said, "exact" if said else "none")
    if random.random() < MUNITIONS:
        yield "munitions", Count(happening.munitions, happening.munitions, "exact")


def _place(happening: Happening, random: Random) -> Place:
    town = happening.town
    country = chr(65 + town % COUNTRIES) * 2
    province = f"Province {town % 300}"
    north, east = 10 + (town * 373 % 4000) / 100, 20 + (town * 911 % 6000) / 100
    if random.random() < VAGUE:
        return Place(f"p{town % 300}", province, country, province, north, east, "province")
    name = f"Town{town}"
    return Place(f"t{town}", name, country, province, north, east, "town")


def _word(number: int) -> str:
    letters = ""
    while number >= 0:
        letters = chr(97 + number % 26) + letters
        number = number // 26 - 1
    return letters
