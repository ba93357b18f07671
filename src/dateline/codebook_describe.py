"""The codebook in words: one term for the terminal, or the whole of it as a reference page."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.codebook import LISTS, Codebook, Entry, load_codebook, read_toml
from dateline.errors import ConfigError

_NAMES = {
    "acled": "ACLED",
    "acled_inter": "ACLED inter",
    "ucdp": "UCDP",
    "gtd": "GTD",
    "gtd_attack": "GTD attack",
    "gtd_weapon": "GTD weapon",
    "gtd_target": "GTD target",
    "plover": "PLOVER",
    "cameo": "CAMEO",
}
# Words that name a term, as against those that need company or mask others.
_WORDS = ("words", "verbs", "active", "passive", "noun")
_SHOWN_IN_PAGE = 6


def describe(codebook: Codebook, term: str = "") -> str:
    """Say what a term means, which words name it and how it maps to the schemes of the field.

    `term` is an id ("rocket_attack"), a label, a word that news uses ("roadside bombs"), the name
    of a list ("weapons") or a registered actor; an empty one gives the trees of all lists. Raises
    ConfigError with the nearest terms if the codebook has none of that name.
    """
    wanted = term.strip().lower()
    if not wanted:
        return "\n\n".join(_tree(codebook, name) for name in LISTS)
    if wanted.replace(" ", "_") in LISTS:
        return _tree(codebook, wanted.replace(" ", "_"))
    found = [_entry(codebook, name, entry) for name, entry in _matching(codebook, wanted)]
    found += [_actor(codebook, actor) for actor in _matching_actors(codebook, wanted)]
    if not found:
        near = ", ".join(_nearest(codebook, wanted))
        raise ConfigError(f"{term}: no such term in the codebook; nearest: {near}")
    return "\n\n".join(found)


def _matching(codebook: Codebook, wanted: str) -> list[tuple[str, Entry]]:
    """Give the entries of that id; where there is none, those of that label or word."""
    every = [(name, entry) for name in LISTS for entry in codebook.lists[name].values()]
    by_id = [(name, entry) for name, entry in every if entry.id == wanted.replace(" ", "_")]
    return by_id or [
        (name, entry)
        for name, entry in every
        if wanted == entry.label.lower() or any(wanted in _words(entry, key) for key in _WORDS)
    ]


def _matching_actors(codebook: Codebook, wanted: str) -> list[str]:
    return [
        actor.id
        for actor in codebook.actors.values()
        if wanted
        in {actor.id, *(name.lower() for name in (actor.name, *actor.names, *actor.acronyms))}
    ]


def _nearest(codebook: Codebook, wanted: str) -> list[str]:
    from rapidfuzz.process import extract

    names: dict[str, str] = {}
    for name in LISTS:
        for entry in codebook.lists[name].values():
            names |= dict.fromkeys([entry.id, entry.label.lower(), *entry.words], entry.id)
    names |= {actor.name.lower(): actor.id for actor in codebook.actors.values()}
    near = extract(wanted, list(names), limit=12)
    return list(dict.fromkeys(names[word] for word, _, _ in near))[:5]


def _words(entry: Entry, key: str) -> tuple[str, ...]:
    return entry.words if key == "words" else tuple(entry.details.get(key, ()))


def _children(codebook: Codebook, name: str, parent: str | None) -> Iterator[Entry]:
    yield from (entry for entry in codebook.lists[name].values() if entry.parent == parent)


def _walk(
    codebook: Codebook, name: str, parent: str | None = None, depth: int = 0
) -> Iterator[tuple[int, Entry]]:
    """Yield the entries of a list as its tree reads, each with its depth."""
    for entry in _children(codebook, name, parent):
        yield depth, entry
        yield from _walk(codebook, name, entry.id, depth + 1)


def _title(name: str) -> str:
    return name.replace("_", " ")


def _tree(codebook: Codebook, name: str) -> str:
    rows = [f"{'  ' * depth}{entry.id}" for depth, entry in _walk(codebook, name)]
    return "\n".join([f"{_title(name)} ({len(rows)})", *(f"  {row}" for row in rows)])


def _entry(codebook: Codebook, name: str, entry: Entry) -> str:
    path = " > ".join(reversed(list(codebook.ancestors(name, entry.id))))
    lines = [f"{entry.label} ({_title(name)}: {path})", f"  {entry.definition}"]
    for key in ("words", *entry.details):
        text = _cell(list(entry.words) if key == "words" else entry.details[key])
        if text:
            lines.append(f"  {_title(key)}: {text}")
    codes = [
        f"    {_NAMES.get(scheme, scheme)}: {code}"
        for scheme, code in _codes(codebook, name, entry)
    ]
    return "\n".join([*lines, *(["  maps to"] if codes else []), *codes])


def _codes(codebook: Codebook, name: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each scheme with the code of a term there, its label and whose code it is."""
    schemes: Mapping[str, Any] = read_toml(codebook.folder, "schemes.toml")
    seen: set[str] = set()
    for step in codebook.ancestors(name, entry.id):
        for scheme, code in codebook.lists[name][step].crosswalk.items():
            if scheme in seen:
                continue
            seen.add(scheme)
            label = schemes.get(scheme, {}).get("codes", {}).get(code, "")
            known = f"{code} ({label})" if label and name != "roles" else code
            yield scheme, known if step == entry.id else f"{known}, as {step}"


def _actor(codebook: Codebook, actor_id: str) -> str:
    actor = codebook.actors[actor_id]
    where = ", ".join(actor.active_in) or "no country stated"
    lines = [f"{actor.name} (actor: {actor.id})", f"  {_title(actor.kind)}, active in {where}"]
    for title, names in (
        ("names", actor.names),
        ("acronyms", actor.acronyms),
        ("offices", actor.offices),
    ):
        if names:
            lines.append(f"  {title}: {', '.join(names)}")
    for link in actor.links:
        period = f"{link.since or '?'} to {link.until or 'now'}"
        lines.append(f"  {_title(link.relation)} {link.to} ({period}; {link.source})")
    return "\n".join(lines)


def reference_page(codebook: Codebook) -> str:
    """Give the reference page of a codebook in Markdown: a table for each list and scheme."""
    schemes: Mapping[str, Any] = read_toml(codebook.folder, "schemes.toml")
    lines = [
        "# Codebook",
        "",
        "What claims may say: written from the data by `python -m dateline.codebook_describe`.",
        "`dateline codebook TERM` shows one term with all its words; how to change it is told in",
        "[use your own codebook](../how-to/use-your-own-codebook.md). A code in brackets is that",
        "of a broader term.",
    ]
    for name in LISTS:
        columns = _scheme_columns(codebook, name)
        keys = [key for key in ("value", "kinds", "interchange") if _has(codebook, name, key)]
        head = ["term", "meaning", *map(_title, keys), *(_NAMES[c] for c in columns)]
        words = any(_first_words(entry) for entry in codebook.lists[name].values())
        lines += [
            "",
            f"## {_title(name).capitalize()}",
            "",
            *_table_head([*head, *["words"] * words]),
        ]
        for depth, entry in _walk(codebook, name):
            cells = [f"{'· ' * depth}`{entry.id}`", entry.definition]
            cells += [_cell(entry.details.get(key, "")) for key in keys]
            cells += [_code_cell(codebook, name, entry, scheme) for scheme in columns]
            lines.append(_row([*cells, *[_first_words(entry)] * words]))
    lines += ["", "## Actors", "", _actor_kinds(codebook), "", "## Schemes"]
    for scheme, table in schemes.items():
        lines += [
            "",
            f"### {_NAMES[scheme]}",
            "",
            table["about"],
            "",
            *_table_head(["code", "label"]),
        ]
        lines += [_row([f"`{code}`", label]) for code, label in table["codes"].items()]
    return "\n".join(lines) + "\n"


def _has(codebook: Codebook, name: str, key: str) -> bool:
    return any(key in entry.details for entry in codebook.lists[name].values())


def _scheme_columns(codebook: Codebook, name: str) -> list[str]:
    used = {scheme for entry in codebook.lists[name].values() for scheme in entry.crosswalk}
    return [scheme for scheme in _NAMES if scheme in used]


def _code_cell(codebook: Codebook, name: str, entry: Entry, scheme: str) -> str:
    code = codebook.crosswalk(name, entry.id, scheme) or ""
    return code if scheme in entry.crosswalk or not code else f"({code})"


def _first_words(entry: Entry) -> str:
    """Give some words of a term; a plural beside its singular says nothing new."""
    words = [word for key in _WORDS for word in _words(entry, key)]
    distinct = [word for word in words if word.removesuffix("s") == word or word[:-1] not in words]
    return ", ".join(distinct[:_SHOWN_IN_PAGE])


def _actor_kinds(codebook: Codebook) -> str:
    kinds = sorted({_title(actor.kind) for actor in codebook.actors.values()})
    shown = "`dateline codebook NAME` shows an actor with its names and links."
    return f"The registry in `actors/` holds actors of these kinds: {', '.join(kinds)}. {shown}"


def _table_head(cells: list[str]) -> list[str]:
    return [_row(cells), _row(["---"] * len(cells))]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', ' or ') for cell in cells)} |"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    sys.stdout.write(reference_page(load_codebook()))
