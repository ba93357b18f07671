"""The named rules that make one number of casualties of what all reports of an incident tell.

The rule stands beside the number, so that a reader knows which question it answers:

* `latest`: the last report that gives more than a vague number, or a floor long passed.
* `minmax`: from the lowest to the highest number of all reports, as Iraq Body Count and Airwars
  publish them.
* `ucdp`: low, best and high, after the Uppsala Conflict Data Program: best is the number that most
  independent sources give, of equals the lower; what the attacker alone says is left out.
* `acled`: the most conservative number, after the Armed Conflict Location & Event Data Project: the
  lowest that stands, and for a plural such as "dozens" its unit.

The last two look at numbers that stand: a toll that a later one revises is out of date.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.best import BestCount
from dateline.errors import ConfigError
from dateline.incidents.forms import with_rule
from dateline.values import Count

FILE = Path(__file__).with_name("rules.toml")
DEFAULT = "latest"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that one side tells in one report, as the rules see it.

    `source` is the same for reports that are not independent; `stands` is false once a later toll
    revises it; `is_interested` where only the attacker says so.
    """

    count: Count
    source: str
    stands: bool = True
    is_interested: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A count that a rule made; `best` only where the rule tells best from low and high."""

    count: Count
    best: int | None = None


def merge(
    counts: Sequence[BestCount], figures: Sequence[Figure], rule: str
) -> dict[str, Any] | None:
    """Merge the numbers of one role of an incident by a named rule; None where nobody tells any.

    `counts` has one number a report, in order of publication; `figures` one a side and report.
    `reported_low` and `reported_high` are the ends of what all reports say. Raises ConfigError for
    a rule that has no such name.
    """
    chosen = named_rule(rule)
    if not counts:
        return None
    merged = chosen(counts, figures)
    lows = [best.count.low for best in counts if best.count.low is not None]
    highs = [best.count.high for best in counts if best.count.high is not None]
    ends = {"reported_low": min(lows, default=None), "reported_high": max(highs, default=None)}
    best = {} if merged.best is None else {"best": merged.best}
    return with_rule(merged.count, rule, **best, **ends)


def named_rule(rule: str) -> "Rule":
    """Give the rule of a name; raises ConfigError, which lists the names."""
    if rule not in RULES:
        raise ConfigError(f"{rule}: no rule of that name; there are {', '.join(RULES)}")
    return RULES[rule]


def latest(counts: Sequence[BestCount], _: Sequence[Figure]) -> Merged:
    """Give the last count that is not vague, nor a floor that earlier ones have passed."""
    clear = _clear([best.count for best in counts])
    for at in range(len(clear) - 1, 0, -1):
        passed = any((earlier.low or 0) > (clear[at].low or 0) for earlier in clear[:at])
        if clear[at].high is not None or not passed:
            return Merged(clear[at])
    return Merged(clear[0])


def minmax(counts: Sequence[BestCount], _: Sequence[Figure]) -> Merged:
    """Give the range of all counts; open above where a floor reaches the highest number.

    A vague number counts only where it lies above all clear ones, or where there are none.
    """
    told = [best.count for best in counts]
    clear = _clear(told)
    return Merged(_span(clear, [c for c in told if c not in clear]))


def ucdp(counts: Sequence[BestCount], figures: Sequence[Figure]) -> Merged:
    """Give low and high of what stands, and as best what most independent sources say."""
    reliable = _reliable(figures, counts)
    clear = _clear([figure.count for figure in reliable])
    sources: dict[int, set[str]] = {}
    for figure in reliable:
        if figure.count in clear and (number := _point(figure.count)) is not None:
            sources.setdefault(number, set()).add(figure.source)
    ranked = sorted(sources, key=lambda number: (-len(sources[number]), number))
    return Merged(_span(clear), best=ranked[0] if ranked else None)


def acled(counts: Sequence[BestCount], figures: Sequence[Figure]) -> Merged:
    """Give the lowest number that stands; "dozens" yields to a clear number that can be dozens."""
    standing = [figure.count for figure in _reliable(figures, counts)]
    clear = [_point(count) or 0 for count in standing if count.basis != "vague"]
    told = [
        (_conservative(count), count)
        for count in standing
        if count.basis != "vague" or not any(number >= (count.low or 0) for number in clear)
    ]
    known = [(number, count) for number, count in told if number is not None]
    if not known:
        return latest(counts, figures)
    number, count = min(known, key=lambda item: (item[0], item[1].basis == "vague"))
    basis = count.basis if count.basis in {"exact", "none"} else "about"
    return Merged(Count(number, number, basis, count.of))


Rule = Callable[[Sequence[BestCount], Sequence[Figure]], Merged]
RULES: Mapping[str, Rule] = {"latest": latest, "minmax": minmax, "ucdp": ucdp, "acled": acled}


def _reliable(figures: Sequence[Figure], counts: Sequence[BestCount]) -> list[Figure]:
    """Leave out what is out of date, and what the attacker alone says if others say anything."""
    standing = [f for f in figures if f.stands] or list(figures)
    reliable = [f for f in standing if not f.is_interested] or standing
    return reliable or [Figure(best.count, str(at)) for at, best in enumerate(counts)]


def _clear(counts: Sequence[Count]) -> list[Count]:
    return [count for count in counts if count.basis != "vague"] or list(counts)


def _span(counts: Sequence[Count], vague: Sequence[Count] = ()) -> Count:
    lows = [count.low or 0 for count in counts]
    highs = [count.high for count in counts if count.high is not None]
    top = max(highs, default=0)
    floors = [c.low or 0 for c in (*counts, *vague) if c.high is None]
    is_open = not highs or any(floor > top for floor in floors)
    people = {count.of for count in counts}
    of = people.pop() if len(people) == 1 else None
    bases = {count.basis for count in counts}
    if is_open:
        return Count(min(lows), None, bases.pop() if len(counts) == 1 else "at_least", of)
    if len(bases) == 1:
        return Count(min(lows), top, bases.pop(), of)
    return Count(min(lows), top, "exact" if bases <= {"exact", "none"} else "about", of)


def _point(count: Count) -> int | None:
    """Give the one number that a count states: "up to 5" says 5, "3 to 5" at least 3."""
    if count.basis == "at_most" or count.low is None:
        return count.high
    return count.low


def _conservative(count: Count) -> int | None:
    point = _point(count)
    if count.basis != "vague" or point is None or count.high is not None:
        return point
    return _units().get(point, point)


@cache
def _units() -> dict[int, int]:
    form = tomllib.loads(FILE.read_text("utf-8"))
    return {int(floor): unit for floor, unit in form["acled"]["vague"].items()}


@cache
def rule_words() -> dict[str, dict[str, str]]:
    """Give the `label` of each rule and its `definition`, which says what it does, by name."""
    words: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text("utf-8"))["rules"]
    return words
