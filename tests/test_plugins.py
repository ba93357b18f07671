"""Implementations by name, ours through the same door as anyone's."""

import pickle
import re
from importlib.metadata import EntryPoint
from typing import get_args

import pytest

from dateline import plugins
from dateline.coder import Coder
from dateline.errors import ConfigError
from dateline.plugins import Kind, find_origin, find_plugin, known_names


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_registered_name_can_be_loaded(kind: Kind):
    names = known_names(kind)
    assert names
    assert all(callable(find_plugin(kind, name)) for name in names)


def test_an_unknown_name_is_told_the_known_ones():
    with pytest.raises(ConfigError, match="no exporter called 'xml'; known: csv, geojson, jsonl"):
        find_plugin("exporter", "xml")


@pytest.mark.parametrize("name", known_names("extractor"))
def test_an_extractor_says_its_origin_and_travels_to_other_processes(name: str):
    assert re.fullmatch(rf"{name}/\d+", find_origin(name))
    coder = Coder(find_plugin("extractor", name))
    assert pickle.loads(pickle.dumps(coder)) == coder  # noqa: S301  (our own bytes)


def test_an_extractor_without_an_origin_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plugins, "find_plugin", lambda *_: re.compile)
    with pytest.raises(ConfigError, match="extractor 'mine': re does not say its ORIGIN"):
        find_origin("mine")


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
