"""Labels of what filters choose from, and the lists themselves."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from pydantic import Field

from dateline.codebook import Codebook, read_toml
from dateline.incidents.rules import rule_words
from dateline.web.filters import TREES
from dateline.web.forms import Form
from dateline.web.parts import AnyCodebook

FILE = Path(__file__).with_name("lists.toml")
_CLOSED = {"claim_status": "claim_statuses", "grade": "grades", "review": "reviews"}
_LISTS = ("event_types", "weapons", "target_types", "damage_levels", "relations", "roles")
# Codes of other schemes that say nothing by themselves
_CODES = {"ucdp_types": "ucdp", "gtd_attacks": "gtd_attack"}
router = APIRouter(tags=["codebook"])


class TermForm(Form):
    """A term of the codebook."""

    id: str = Field(examples=["rocket_attack"])
    label: str = Field(examples=["rocket attack"])
    definition: str | None = None
    parent: str | None = None


class CodebookForm(Form):
    """The lists that filters and forms choose from."""

    event_types: list[TermForm]
    weapons: list[TermForm]
    target_types: list[TermForm]
    damage_levels: list[TermForm]
    countries: list[TermForm]
    relations: list[TermForm]
    claim_statuses: list[TermForm]
    grades: list[TermForm]
    reviews: list[TermForm]
    roles: list[TermForm]
    rules: list[TermForm]
    ucdp_types: list[TermForm]
    gtd_attacks: list[TermForm]


@cache
def closed_lists() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Give the lists of claim statuses, grades and review states by id."""
    return tomllib.loads(FILE.read_text("utf-8"))


def label_of(codebook: Codebook, facet: str, value: str) -> str:
    """Give what a reader sees for a value of a facet."""
    if facet in TREES:
        entry = codebook.lists[TREES[facet]].get(value)
        return entry.label if entry else value.replace("_", " ")
    if facet in _CLOSED:
        return closed_lists()[_CLOSED[facet]].get(value, {}).get("label", value)
    if facet == "country":
        country = codebook.countries.get(value)
        return country.name if country else value
    return value.partition("/")[2] if facet == "admin1" else value


@router.get("/codebook", response_model=CodebookForm)
def give_codebook(codebook: AnyCodebook) -> dict[str, Any]:
    """Give the lists that filters and forms choose from."""
    lists: dict[str, Any] = {
        name: [
            {"id": e.id, "label": e.label, "definition": e.definition, "parent": e.parent}
            for e in codebook.lists[name].values()
        ]
        for name in _LISTS
    }
    closed = {
        name: [{"id": key, **item} for key, item in entries.items()]
        for name, entries in {**closed_lists(), "rules": rule_words()}.items()
    }
    schemes: Mapping[str, Any] = read_toml(codebook.folder, "schemes.toml")
    codes = {
        name: [{"id": code, "label": label} for code, label in schemes[scheme]["codes"].items()]
        for name, scheme in _CODES.items()
    }
    countries = [{"id": one.code, "label": one.name} for one in codebook.countries.values()]
    return lists | closed | codes | {"countries": countries}
