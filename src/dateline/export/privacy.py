"""What an export leaves out to protect people: names of victims, and places finer than wanted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

PlaceLevel = Literal["admin1", "country"]
Form = Mapping[str, Any]

NAME = "[name withheld]"
PLACE = "[place withheld]"
FREE_TEXT = {"quote", "text", "target", "what", "sequence"}
COARSE = {"admin1": {"province", "country", "sea"}, "country": {"country", "sea"}}


def withhold(
    incident: Form, place_level: PlaceLevel | None, *, include_names: bool
) -> tuple[dict[str, Any], Counter[str]]:
    """Give an incident without what must not be published, and how often what was taken out.

    Claims that are nothing but a name or a fine place go; in all other free text of the incident
    the same words are masked. A masked quote no longer equals the report's text.
    """
    shown, taken = dict(incident), Counter[str]()
    if not include_names:
        names = [claim for claim in _claims(shown) if _names_a_victim(claim)]
        taken["names of victims"] += len(names)
        shown = _without(shown, names, NAME)
    if place_level:
        coarse = COARSE[place_level]
        fine = [claim for claim in _claims(shown) if _level(claim) not in coarse]
        place = shown.get("place") or {}
        if place and place.get("level") not in coarse:
            taken[f"places finer than {place_level}"] += 1
            known = {place.get("admin1"), place.get("country")}
            shown = _without(shown, fine, PLACE, {place.get("name")}, known)
            shown["place"] = coarse_place(place, place_level)
        else:
            shown = _without(shown, fine, PLACE)
    return shown, +taken


def coarse_place(place: Form, level: PlaceLevel) -> dict[str, Any]:
    """Give the province or country a place lies in, with no point: a centre would look exact."""
    admin1 = place.get("admin1") if level == "admin1" else None
    return dict.fromkeys(place) | {
        "name": admin1 or place.get("country"),
        "admin1": admin1,
        "country": place.get("country"),
        "level": "province" if admin1 else "country",
    }


def is_name(words: str) -> bool:
    """Whether words for a victim end in a name ("Ahmed al-Jabouri"), not in a noun ("a farmer").

    Where a script has no capitals nothing tells the two apart, so it counts as a name.
    """
    last = (words.split() or [""])[-1]
    return any(c.isalpha() and (c.isupper() or c.lower() == c.upper()) for c in last)


def _claims(incident: Form) -> Sequence[Form]:
    return incident.get("claims") or ()


def _names_a_victim(claim: Form) -> bool:
    return claim["role"] == "victim" and is_name(_words(claim))


def _level(claim: Form) -> str:
    """The level of a place claim; "country" for claims on other roles, which tell no place."""
    if claim["role"] not in {"place", "places"}:
        return "country"
    return str((claim.get("value") or {}).get("level", "unknown"))


def _words(claim: Form) -> str:
    value = claim.get("value")
    form = value if isinstance(value, Mapping) else {}
    return str(form.get("text") or form.get("name") or claim["quote"] or "")


def _without(
    incident: Form,
    gone: Sequence[Form],
    mask: str,
    more: Iterable[str | None] = (),
    keep: Iterable[str | None] = (),
) -> dict[str, Any]:
    """Drop claims from an incident and mask their words everywhere else in it."""
    words = {text for claim in gone for text in (claim["quote"], _words(claim))} | set(more)
    rest = dict(incident) | {"claims": [claim for claim in _claims(incident) if claim not in gone]}
    pattern = _pattern({w for w in words if w}, {w for w in keep if w})
    if pattern is None:
        return rest
    masked: dict[str, Any] = _masked(rest, "", pattern, mask)
    return masked


def _pattern(words: set[str], keep: set[str]) -> re.Pattern[str] | None:
    """Match the words as they stand, and each name among them alone ("Asad" of "Al Asad Base").

    Names side by side, or with a particle such as "al" between them, are one match.
    """
    known = {part for word in keep for part in re.findall(r"\w+", word)}
    parts = {part for word in words for part in re.findall(r"\w{3,}", word)}
    names = {part for part in parts if part[0].lower() == part[0].upper() or part[0].isupper()}
    units = [f"(?i:{_either(words - keep)})"] if words - keep else []
    units += [_either(names - known)] if names - known else []
    if not units:
        return None
    unit = rf"(?<!\w)(?:{'|'.join(units)})(?!\w)"
    return re.compile(rf"{unit}(?:[\s'’-]+(?:\w{{1,2}}[\s'’-]+)?{unit})*")


def _either(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _masked(item: Any, key: str, pattern: re.Pattern[str], mask: str) -> Any:  # noqa: ANN401  (any JSON)
    if isinstance(item, str):
        return pattern.sub(mask, item) if key in FREE_TEXT else item
    if isinstance(item, Mapping):
        return {name: _masked(part, name, pattern, mask) for name, part in item.items()}
    if isinstance(item, list | tuple):
        return [_masked(part, key, pattern, mask) for part in item]
    return item
