"""Implementations by name, ours through the same door as anyone's."""

from importlib.metadata import EntryPoint
from typing import get_args

import pytest

from dateline import plugins
from dateline.errors import ConfigError
from dateline.plugins import Kind, find_plugin, known_names


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_registered_name_can_be_loaded(kind: Kind):
    names = known_names(kind)
    assert names
    assert all(callable(find_plugin(kind, name)) for name in names)


def test_an_unknown_name_is_told_the_known_ones():
    with pytest.raises(ConfigError, match="no exporter called 'xml'; known: csv, geojson, jsonl"):
        find_plugin("exporter", "xml")


def register(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    points = [EntryPoint("mine", value, "dateline.engines") for value in values]
    monkeypatch.setattr(plugins, "entry_points", lambda **_: points)


def test_a_plug_in_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch):
    register(monkeypatch, "nowhere.engine:run")
    with pytest.raises(ConfigError, match=r"engine 'mine' \(nowhere.engine:run\) cannot be loaded"):
        find_plugin("engine", "mine")


def test_a_name_registered_twice_is_refused(monkeypatch: pytest.MonkeyPatch):
    register(monkeypatch, "one:run", "two:run")
    with pytest.raises(ConfigError, match="registered twice: one:run, two:run"):
        find_plugin("engine", "mine")
