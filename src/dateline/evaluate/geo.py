"""Scores of finding and placing toponyms, on documents in which people marked them.

Reads the two XML forms that geoparsing corpora come in: LGL (`article` with `toponym`, which may
lack a point) and GeoVirus (`article` with `location`). Measures after Gritta et al., A pragmatic
guide to geoparsing evaluation (2020): a place is right within 161 km (100 miles).
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from dateline.codebook import Codebook
from dateline.errors import ConfigError
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.geometry import distance_km
from dateline.resolve.places import (
    Toponym,
    context,
    find_countries,
    find_places,
    resolve_parts,
    resolve_place,
)
from dateline.values import Place, Unknown

RIGHT_KM = 161.0
LONGEST_ADDITION = 25


@dataclass(frozen=True, slots=True)
class Marked:
    """A toponym that people marked: `text[start:end]`; `point` is None where they gave none."""

    start: int
    end: int
    name: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the toponyms marked in it, in order."""

    name: str
    text: str
    marked: tuple[Marked, ...]


@dataclass(slots=True)
class GeoScores:
    """Counts over documents. `near`, `far` and `abstained` are of found toponyms with a point."""

    documents: int = 0
    found: int = 0
    missed: int = 0
    wrong: int = 0
    near: int = 0
    far: int = 0
    abstained: int = 0
    misplaced: int = 0
    wanted: int = 0
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """The measures, one a line."""
        named = self.found + self.wrong
        yield f"documents      {self.documents}, {self.found + self.missed} toponyms marked"
        yield f"recognised     {_precision_recall(self.found, named, self.found + self.missed)}"
        asked = self.near + self.far + self.abstained
        yield f"within 161 km  {_share(self.near, asked)} of recognised (n {asked})"
        placed = self.near + self.far
        yield f"               {_share(self.near, placed)} of placed (abstained {self.abstained})"
        answers = self.near + self.far + self.misplaced
        yield f"end to end     {_precision_recall(self.near, answers, self.wanted)}"
        yield f"toponyms/s     {named / max(1e-9, self.seconds):.0f}"


def read_documents(path: Path) -> list[Document]:
    """Read the documents of an XML file; raises ConfigError if it is none of the two forms."""
    try:
        root = ET.parse(path).getroot()  # noqa: S314  (a gold set on the user's own disk)
        return [
            _document(f"{path.name} {number}", article)
            for number, article in enumerate(root.iter("article"), 1)
        ]
    except (OSError, UnicodeDecodeError, ET.ParseError, ValueError) as error:
        message = f"{path}: not LGL or GeoVirus XML ({error}); give a folder of such files"
        raise ConfigError(message) from error


def _document(name: str, article: ET.Element) -> Document:
    text = article.findtext("text") or ""
    marked = [_marked(one, text) for one in (*article.iter("toponym"), *article.iter("location"))]
    return Document(name, text, tuple(sorted(marked, key=lambda one: one.start)))


def _marked(element: ET.Element, text: str) -> Marked:
    name = element.findtext("phrase") or element.findtext("name") or ""
    start = int(element.findtext("start") or "")
    # GeoVirus counts from 1, LGL from 0.
    start -= text[start : start + len(name)] != name
    if not name or text[start : start + len(name)] != name:
        message = f"{name!r} does not stand at offset {start}"
        raise ValueError(message)
    where = element if element.find("lat") is not None else element.find("gaztag")
    latitude = where.findtext("lat") if where is not None else None
    longitude = where.findtext("lon") if where is not None else None
    point = (float(latitude), float(longitude)) if latitude and longitude else None
    return Marked(start, start + len(name), name, point)


def score_documents(
    documents: Iterable[Document], places: Gazetteer, codebook: Codebook
) -> tuple[GeoScores, list[str]]:
    """Find and place the toponyms of documents; gives the scores and a line for each mistake.

    A chain ("Tikrit, Iraq") counts as the toponyms it is made of, and the name of a country counts
    where it stands for its government too, as people mark it in such sets. A span is right when it
    is the marked one, give or take the words that say a kind, a direction or a country beside it.
    The seconds are processor time of finding and resolving, the reading of the text included and
    what is done once at the start left out.
    """
    scores = GeoScores()
    mistakes: list[str] = []
    for number, document in enumerate(documents):
        if not number:
            _answers(document.text, places, codebook)
        begun = time.process_time()
        answers = _answers(document.text, places, codebook)
        scores.seconds += time.process_time() - begun
        mistakes += _score(document, answers, scores)
    return scores, mistakes


def _answers(
    text: str, places: Gazetteer, codebook: Codebook
) -> list[tuple[Toponym, Place | Unknown]]:
    """What a text names, with the places meant, in order; countries that act among them."""
    toponyms = find_places(text, places, codebook)
    about = context(text, toponyms, places, codebook)
    answers = [part for toponym in toponyms for part in resolve_parts(toponym, about)]
    taken = {offset for toponym in toponyms for offset in range(toponym.start, toponym.end)}
    for mention in find_countries(text, codebook):
        if mention.form == "name" and taken.isdisjoint(range(mention.start, mention.end)):
            name = text[mention.start : mention.end]
            acting = Toponym(mention.start, mention.end, name, name_start=mention.start)
            answers.append((acting, resolve_place(acting, about)))
    return sorted(answers, key=lambda answer: answer[0].name_start)


def _score(
    document: Document, answers: Sequence[tuple[Toponym, Place | Unknown]], scores: GeoScores
) -> Iterator[str]:
    scores.documents += 1
    left = list(answers)
    for marked in document.marked:
        scores.wanted += marked.point is not None
        match = next((one for one in left if _is_same(one[0], marked, document.text)), None)
        if match is None:
            scores.missed += 1
            yield f"! missed {document.name} {marked.name!r}"
            continue
        left.remove(match)
        scores.found += 1
        if marked.point is None:
            continue
        place = match[1]
        if isinstance(place, Unknown):
            scores.abstained += 1
            yield f"! abstained {document.name} {marked.name!r}: {place.reason}"
            continue
        apart = distance_km(marked.point, (place.latitude or 0, place.longitude or 0))
        if apart <= RIGHT_KM:
            scores.near += 1
        else:
            scores.far += 1
            told = f"{place.name}, {place.admin1}, {place.country}: {place.reason}"
            yield f"! far {document.name} {marked.name!r} {apart:.0f} km, {marked.point}: {told}"
    scores.wrong += len(left)
    scores.misplaced += sum(isinstance(place, Place) for _, place in left)
    yield from (f"! no toponym {document.name} {one.name!r}" for one, _ in left)


def _is_same(toponym: Toponym, marked: Marked, text: str) -> bool:
    start = toponym.name_start
    end = start + len(toponym.name)
    if max(start, marked.start) >= min(end, marked.end):
        return False
    inner, outer = sorted(((start, end), (marked.start, marked.end)), key=lambda s: s[1] - s[0])
    added = text[outer[0] : max(outer[0], inner[0])] + text[inner[1] : max(inner[1], outer[1])]
    return outer[0] <= inner[0] and inner[1] <= outer[1] and len(added) <= LONGEST_ADDITION


def _precision_recall(right: int, given: int, wanted: int) -> str:
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * right / max(1, given + wanted)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (n {wanted})"


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.3f}"
