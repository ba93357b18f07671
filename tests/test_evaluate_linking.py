"""Scores of linking: two clusterings of the same reports, and a labelled folder."""

import gzip
import json

import pytest

from dateline.codebook import load_codebook
from dateline.coder import Coder
from dateline.errors import ConfigError
from dateline.evaluate.copies import score_live
from dateline.evaluate.linking import evaluate_linking, score_clusters
from dateline.evaluate.live import NEEDED
from dateline.plugins import find_plugin


def test_b_cubed_and_pairs_are_those_of_the_paper():
    gold = {"a": 1, "b": 1, "c": 2, "d": 2}
    score = score_clusters(gold, {"a": 1, "b": 1, "c": 1, "d": 2})
    assert score.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert score.recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert (score.pair_precision, score.pair_recall) == pytest.approx((1 / 3, 1 / 2))


def test_a_folder_is_scored_from_the_texts_and_with_day_and_town_given(tmp_path):
    told = "A man was shot dead in Memphis, Tennessee, on January 28, 2014, police said."
    rows = [
        {"id": n, "incident": n[0], "title": "Shooting", "published": "2014-01-29", "text": text}
        for n, text in (("a1", told), ("a2", f"{told} They asked for help."), ("b1", "Nothing."))
    ]
    truth = [
        {"incident_id": "a", "date": "January 28, 2014", "state": "Tennessee"},
        {"incident_id": "b", "date": "March 3, 2014", "state": "Ohio"},
    ]
    for name, lines in (("reports", rows), ("incidents", truth)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt") as file:
            file.writelines(json.dumps({"city_or_county": "Memphis"} | r) + "\n" for r in lines)
    coder = Coder(find_plugin("extractor", "lexicon"))
    own, given, copies = evaluate_linking(tmp_path, coder, load_codebook())
    assert "F1 1.000" in own
    assert "F1 1.000" in given
    assert "P 1.000" in copies


def test_copies_of_a_gold_set_are_right_if_they_tell_one_incident(tmp_path):
    text = "Two shells hit a school in Kherson on Monday, and three people were hurt."
    reports = [
        {"id": n, "text": f"{text}\nThe rest is {n}.", "published": "2023-05-01"} for n in "abc"
    ]
    gold = [{"id": n, "incidents": [dict.fromkeys(NEEDED) | {"incident": n < "c", "main": True}]}
            for n in "abc"]  # fmt: skip
    for name, rows in (("reports", reports), ("gold", gold)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    score = score_live(tmp_path, load_codebook())
    assert (score.found, score.right) == (3, 1)
    assert str(score) == "P 0.333 (1 of 3 pairs found are right)"


def test_a_folder_without_a_set_is_refused(tmp_path):
    coder = Coder(find_plugin("extractor", "lexicon"))
    with pytest.raises(ConfigError, match="no labelled reports"):
        list(evaluate_linking(tmp_path, coder, load_codebook()))
