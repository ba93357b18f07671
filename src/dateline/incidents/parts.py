"""Which part an actor plays in an incident: did it, claims it, is blamed, denies, is aimed at."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from dateline.codebook import Codebook
from dateline.incidents.responsibility import is_own_word
from dateline.model import Claim, Span, Speaker, is_human
from dateline.text import fold
from dateline.values import Actor

Part = Literal["did", "claimed", "blamed", "denied", "targeted"]
PARTS: tuple[Part, ...] = get_args(Part)
Record = Mapping[str, Any]


def parts_played(record: Record, codebook: Codebook) -> list[tuple[str, str, Part]]:
    """Give (key, name, part) of every actor of an incident's record, each part once.

    `did`: a report says so in its own voice, without doubt. `claimed`: the actor says so itself.
    `blamed`: somebody else says so, or it is suspected. `denied`: somebody says it was not.
    `targeted`: it was aimed at. What a person corrected overrules what was read, role by role.
    """
    return list(dict.fromkeys(_played(record, codebook)))


def actor_key(actor: Record) -> str:
    """Give the key of an actor in lists: its registry id, else `name:` and its name folded."""
    return str(actor["id"] or f"name:{fold(actor['name'])}")


def _played(record: Record, codebook: Codebook) -> Iterator[tuple[str, str, Part]]:
    for role in ("perpetrator", "target_actor"):
        told = [c for c in record["claims"] if c["role"] == role and _is_actor(c["value"])]
        for form in [c for c in told if is_human(c["origin"])] or told:
            part = _part(role, form, codebook)
            if part is not None:
                actor = form["value"]
                known = codebook.actors.get(actor["id"] or "")
                yield actor_key(actor), known.name if known else actor["name"], part


def _is_actor(value: Record | None) -> bool:
    return value is not None and value.get("kind") == Actor.kind


def _part(role: str, form: Record, codebook: Codebook) -> Part | None:
    stance = form["stance"]
    if role == "target_actor":
        return "targeted" if stance in {"asserted", "suspected"} else None
    if stance not in {"asserted", "suspected"}:
        return "denied" if stance == "denied" else None
    if not form["speakers"]:
        return "did" if stance == "asserted" else "blamed"
    actor = Actor(form["value"]["id"], form["value"]["name"])
    speakers = tuple(map(Speaker, form["speakers"], form["sides"]))
    span = Span("", form["start"], form["end"])
    said = Claim(form["id"], "", role, span, actor, stance, speakers)
    return "claimed" if is_own_word(said, actor, codebook) else "blamed"
