"""What the transliterations of a place's name have in common."""

import re
import tomllib
from functools import lru_cache

from dateline.codebook import FOLDER

SHORTEST_LOOSE = 4
_GRAMMAR = FOLDER / "grammars" / "places.toml"
_DOUBLED = re.compile(r"([^|])\1+")
_FINAL = re.compile(r"h+(?=\||$)")


@lru_cache(maxsize=1)
def looseners() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    """Give the articles that go, and the letters that are made one, in order."""
    form = tomllib.loads(_GRAMMAR.read_text("utf-8"))
    articles = re.compile(rf"\b(?:{'|'.join(form['words']['articles'])}) (?=\w{{3}})")
    return articles, (*form["tables"]["loose"].items(), (" ", ""))


def loose_keys(names: str) -> set[str]:
    """Reduce folded names, joined by `|`, to what transliterations share.

    Articles, blanks, doubled letters and a final h go; letters that stand for the same sound are
    made one (the table `loose` of `grammars/places.toml`). "Al-Hudaydah" and "Hodeida" agree.
    Names in other than Latin letters, and names of which too little is left, give nothing.
    """
    articles, changes = looseners()
    if not names.isascii():
        names = "|".join(filter(str.isascii, names.split("|")))
    names = articles.sub("", names)
    for old, new in changes:
        names = names.replace(old, new)
    short = _FINAL.sub("", _DOUBLED.sub(r"\1", names))
    return {key for key in short.split("|") if len(key) >= SHORTEST_LOOSE}


@lru_cache(maxsize=1 << 14)
def loose_key(key: str) -> str:
    """Reduce one folded name as `loose_keys` does; empty when too little is left."""
    return next(iter(loose_keys(key)), "")
