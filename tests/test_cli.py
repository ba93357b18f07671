"""The command line through its front door, `main`, with a small extractor of known behaviour."""

import csv
import io
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dateline import __version__, plugins
from dateline.cli import main, moved_to_front
from dateline.cli.reference import reference_page
from dateline.cli.terminal import print_table, printable
from dateline.codebook import Codebook
from dateline.model import Claim, Report, Speaker, event_id, make_claim
from dateline.store import open_store
from dateline.values import Actor, Count, Place, Term, Text, Value, When

ROCKETS = "Two rockets hit Balad Air Base on 2021-07-05. One soldier was killed, police said."
UPDATE = "Rockets hit Balad Air Base on 2021-07-05. Three people were killed, an officer said."
TALLY = "There were 45 attacks."
NEWS = {"rockets": ROCKETS, "update": UPDATE, "tally": TALLY}
ESCAPES = "\x1b[31mTwo rockets\x1b[0m \u202ehit\u202c Balad Air Base on 2021-07-05."

BALAD = Place("icao:ORBD", "Balad Air Base", "IQ", "Salah ad Din", 33.94, 44.36, "site")
NUMBERS = {"One": 1, "Two": 2, "Three": 3}


def open_lines(_: Codebook) -> Callable[[Sequence[Report]], Iterator[Claim]]:
    """An extractor that knows rockets on one base, deaths, who told of them, and one tally."""

    def extract(reports: Sequence[Report]) -> Iterator[Claim]:
        for report in reports:
            if "crash" in report.text:
                raise ValueError("cannot read this")
            yield from claims_of(report)

    return extract


def claims_of(report: Report) -> Iterator[Claim]:
    def claim(kind: str, role: str, found: re.Match[str], value: Value, *said: str) -> Claim:
        anchor = re.search("(?i)[^ ]*rockets|45 attacks", report.text)
        assert anchor
        event = event_id(report, kind, report.span(*anchor.span()))
        span = report.span(*found.span())
        chain = [Speaker(name) for name in said]
        return make_claim(event, role, span, value, speakers=chain, origin="lines/1")

    if found := re.search("(?i)((two) )?rockets", report.text):
        yield claim("incident", "type", found, Term("event_type", "rocket_attack"))
    if found := re.search(r"on (\d{4}-\d\d-\d\d)", report.text):
        day = __import__("datetime").date.fromisoformat(found[1])
        yield claim("incident", "date", found, When(day, day, "day", "stated"))
    if found := re.search("Balad Air Base", report.text):
        yield claim("incident", "place", found, BALAD)
    if found := re.search(r"(\w+) (soldier|people) \w+ killed, (.*) said", report.text):
        number = NUMBERS[found[1]]
        yield claim("incident", "killed", found, Count(number, number, "exact"), found[3])
    if found := re.search("claimed by (Liwa .*)[.]", report.text):
        yield claim("incident", "perpetrator", found, Actor(None, found[1]))
    if found := re.search("45 attacks", report.text):
        yield claim("tally", "type", found, Term("kind", "tally"))
        yield claim("tally", "count", found, Count(45, 45, "exact"))
        yield claim("tally", "what", found, Text("attacks"))


@pytest.fixture(autouse=True)
def small_plugins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = plugins.find_plugin
    fakes = {("extractor", plugins.DEFAULT_EXTRACTOR): open_lines, ("engine", "local"): map}
    monkeypatch.setattr(
        plugins, "find_plugin", lambda kind, name: fakes.get((kind, name)) or real(kind, name)
    )
    monkeypatch.setattr(plugins, "find_origin", lambda _: "lines/1")
    monkeypatch.delenv("DATELINE_DB", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run_main(*arguments: object) -> tuple[int, str, str]:
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_main


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in NEWS.items():
        row = {
            "id": name,
            "text": text,
            "publisher": f"The {name.title()}",
            "published": "2021-07-06",
        }
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def write_reports(path: Path, *texts: str) -> Path:
    rows = [{"id": f"r{number}", "text": text} for number, text in enumerate(texts)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def columns_of(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


def test_help_takes_under_three_tenths_of_a_second():
    # Processor time, since other tests run beside this one and waiting for them is no fault.
    command = [sys.executable, "-c", "from dateline.cli import main; main(['--help'])"]
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) < 0.3


def test_the_version_is_told(run):
    assert run("--version") == (0, f"dateline {__version__}\n", "")


def test_add_ends_with_a_summary(run, news: Path):
    code, out, err = run("add", news)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "reports: 3 added, 0 already known, 0 failed",
        "dateline.db: 3 reports, 3 events, 1 incident",
    ]


def test_adding_twice_adds_nothing(run, news: Path):
    first = run("add", news)
    code, out, _ = run("add", news)
    assert code == 0
    assert out.splitlines() == [
        "reports: 0 added, 3 already known, 0 failed",
        first[1].splitlines()[1],
    ]


def test_known_reports_are_coded_again_only_when_asked(run, news: Path, monkeypatch):
    run("add", news)
    monkeypatch.setattr(plugins, "find_plugin", lambda kind, _: map if kind == "engine" else broken)
    assert run("add", news)[0] == 0
    code, out, err = run("add", "--again", news)
    assert code == 1
    assert "3 failed" in out
    assert err.count("ValueError: cannot read this") == 3


def broken(_: Codebook) -> Callable[[Sequence[Report]], list[Claim]]:
    def extract(_: Sequence[Report]) -> list[Claim]:
        raise ValueError("cannot read this")

    return extract


def test_what_fails_is_one_line_each_and_the_rest_goes_on(run, tmp_path: Path):
    reports = write_reports(tmp_path / "reports.jsonl", ROCKETS, "crash here", TALLY)
    with reports.open("a") as stream:
        stream.write("{not json\n")
    code, out, err = run("add", reports, tmp_path / "nowhere.txt")
    assert code == 1
    assert out.startswith("reports: 2 added, 0 already known, 3 failed\n")
    lines = err.splitlines()
    assert len(lines) == 3
    assert lines[0] == "r1: ValueError: cannot read this"
    assert lines[1].startswith(f"{reports}:4: ")
    assert lines[2].startswith(f"{tmp_path / 'nowhere.txt'}: ")


def test_a_report_with_a_known_id_and_another_text_fails_alone(run, tmp_path: Path):
    run("add", write_reports(tmp_path / "one.jsonl", ROCKETS))
    changed = write_reports(tmp_path / "two.jsonl", UPDATE, TALLY)
    code, out, err = run("add", "--again", changed)
    assert (code, out.splitlines()[0]) == (1, "reports: 1 added, 0 already known, 1 failed")
    assert err == "r0: report r0 is known with another text; give it its own id\n"


def test_an_interruption_keeps_what_is_done_and_says_how_to_go_on(run, news: Path, monkeypatch):
    def interrupted(code: Callable[[Any], Any], batches: Iterator[Any]) -> Iterator[Any]:
        yield code(next(batches)[:1])
        raise KeyboardInterrupt

    monkeypatch.setattr("dateline.coder.code_all.__defaults__", (1,), raising=False)
    real = plugins.find_plugin
    monkeypatch.setattr(
        plugins,
        "find_plugin",
        lambda kind, name: interrupted if kind == "engine" else real(kind, name),
    )
    code, out, err = run("add", news)
    assert (code, out) == (130, "")
    assert "1 added" in err
    assert "the same command goes on from here" in err
    monkeypatch.setattr(plugins, "find_plugin", real)
    assert run("add", news)[1].startswith("reports: 2 added, 1 already known, 0 failed\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--db", "x.db", "add", "news"),
        ("add", "--db", "x.db", "news"),
        ("add", "news", "--db", "x.db"),
        ("add", "news", "--db=x.db"),
    ],
)
def test_the_store_may_be_named_before_or_after_the_verb(run, news: Path, arguments):
    assert run(*arguments)[0] == 0
    assert (news.parent / "x.db").exists()
    assert not (news.parent / "dateline.db").exists()


def test_the_environment_names_the_store_unless_an_option_does(run, news: Path, monkeypatch):
    monkeypatch.setenv("DATELINE_DB", "env.db")
    run("add", news)
    run("--db", "option.db", "add", news)
    assert sorted(path.name for path in news.parent.glob("*.db")) == ["env.db", "option.db"]


def test_after_two_dashes_nothing_is_an_option():
    arguments = ["add", "--", "--db", "x"]
    assert moved_to_front(arguments) == arguments


def test_show_lists_incidents_one_a_line_when_piped(run, news: Path):
    run("add", news)
    code, out, _ = run("show")
    header, row, footer = out.splitlines()
    assert code == 0
    assert columns_of(header)[:4] == ["id", "date", "place", "type"]
    cells = columns_of(row)
    assert cells[0].startswith("i_")
    assert cells[1:5] == [
        "2021-07-05 (day)",
        "Balad Air Base, IQ (site)",
        "rocket attack",
        "3",
    ]
    assert footer.startswith("1 incident")


def test_show_with_a_prefix_gives_every_version_with_quote_and_speaker(run, news: Path):
    run("add", news)
    wanted = run("show")[1].splitlines()[1].split()[0]
    code, out, _ = run("show", wanted)
    assert code == 0
    assert "“One soldier was killed, police said”" in out
    assert "“Three people were killed, an officer said”" in out
    versions = [
        line for line in out.splitlines() if " were killed" in line or " was killed" in line
    ]
    assert columns_of(versions[0])[:2] == ["killed", "* 3"]
    assert columns_of(versions[1])[0] == "1"
    assert columns_of(versions[0])[3:] == ["an officer (asserted)", "[2]", "1.00 lines/1"]
    assert columns_of(versions[1])[2:] == ["police (asserted)", "[1]", "1.00 lines/1"]
    assert "  [1] The Rockets · 2021-07-06 · rockets" in out
    assert "  [2] The Update · 2021-07-06 · update" in out


def test_show_tells_who_said_how_many_when_and_why_the_grade(run, news: Path):
    run("add", news)
    wanted = run("show")[1].splitlines()[1].split()[0]
    lines = run("show", wanted, "--rule", "minmax")[1].splitlines()
    assert lines[2] == "grade: fair, 2 independent sources tell of it"
    assert lines[3] == "killed 1 to 3 (rule minmax)"
    at = lines.index("Killed, who said how many when:")
    first, second = (columns_of(line) for line in lines[at + 2 : at + 4])
    assert first[:5] == ["1", "1", "police", "[1] 2021-07-06", "disagrees with 2"]
    assert second[:5] == ["2", "3", "an officer", "[2] 2021-07-06", "disagrees with 1"]


def test_a_person_corrects_a_value_looks_back_and_takes_it_back(run, news: Path):
    run("add", news)
    wanted = run("show")[1].splitlines()[1].split()[0]
    code, out, _ = run("correct", wanted, "killed", "at least 4", "--by", "amina")
    assert (code, out.startswith("killed: now at least 4; event e_")) == (0, True)
    shown = run("show", wanted)[1]
    assert "amina (correction)" in shown
    assert "no quote given" in shown
    assert "One soldier was killed" in shown
    steps = [columns_of(line) for line in run("history", wanted)[1].splitlines()]
    assert ["correction", "amina", "killed: at least 4 (before: 3)"] in [s[1:4] for s in steps]
    assert "at least 4" not in run("show", wanted, "--as-of", "2021-07-07")[1]
    assert run("correct", wanted, "killed", "--undo", "--by", "ben")[0] == 0
    assert "killed 3 (rule latest)" in run("show", wanted)[1]
    assert "took back at least 4" in run("history", wanted)[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["correct", "i_nothing", "killed", "3"], "i_nothing: no incident or event of that id"),
        (["correct", "i_", "killed"], "give VALUE, or --undo alone"),
        (["correct", "i_", "killed", "3", "--undo"], "give VALUE, or --undo alone"),
        (["correct", "i_", "killed", "lots"], "lots: is no count"),
        (["correct", "i_", "killed", "--undo"], "nobody corrected its killed"),
        (["correct", "i_", "killed", "3", "--by", " "], "is no name"),
        (["history", "i_nothing"], "i_nothing: no incident or event of that id"),
        (["show", "--rule", "mean"], "mean: no rule of that name; there are latest"),
        (["show", "--as-of", "soon"], "soon: is no date"),
        (["show", "i_", "--as-of", "1990-01-01"], "nothing was known of it by 1990-01-01"),
    ],
)
def test_a_correction_or_look_back_that_cannot_be_is_one_line(run, news: Path, arguments, reason):
    run("add", news)
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert reason in err
    assert err.count("\n") == 1


def test_an_export_says_which_rule_and_day_it_follows(run, news: Path, tmp_path: Path):
    run("add", news)
    out = tmp_path / "out.jsonl"
    run("export", "--to", "jsonl", "-o", out, "--rule", "acled", "--as-of", "2021-07-06")
    (row,) = map(json.loads, out.read_text("utf-8").splitlines())
    assert (row["killed"]["rule"], row["killed"]["low"], row["as_of"]) == ("acled", 1, "2021-07-06")
    table = tmp_path / "out.csv"
    _, _, err = run("export", "--to", "csv", "-o", table, "--rule", "ucdp")
    (cells,) = csv.DictReader(io.StringIO(table.read_text("utf-8")))
    assert [cells[f"killed_{part}"] for part in ("low", "best", "high", "rule")] == [
        "1", "1", "3", "ucdp",
    ]  # fmt: skip
    assert "dropped: ledger, stated for 1 incident" in err


def test_a_table_fits_a_terminal_of_a_hundred_columns(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    row = ("i_1234567890", "2021-07-05 (day)", "a place of many names " * 5, "rocket attack")
    print_table(("id", "date", "place", "type"), [row], wrapping=("place",))
    shown = re.sub("\x1b\\[[0-9;]*m", "", capsys.readouterr().out)
    assert max(len(line) for line in shown.splitlines()) <= 100
    assert "2021-07-05 (day)" in shown
    assert "rocket attack" in shown


def test_markup_in_a_cell_is_only_text(capsys):
    print_table(("quote",), [("[bold red]x[/] :bomb:",)])
    assert capsys.readouterr().out.splitlines()[1] == "[bold red]x[/] :bomb:"


def test_events_that_are_not_linked_yet_are_not_passed_over(run, tmp_path: Path):
    report = Report("r1", ROCKETS)
    with open_store("dateline.db") as store:
        store.add(report, claims_of(report), origin="lines/1", made="2026-01-01T00:00:00+00:00")
    assert "dateline link makes incidents of them" in run("show")[1]


def test_evaluate_prints_the_table_of_a_gold_set(run, tmp_path: Path):
    write_reports(tmp_path / "reports.jsonl", ROCKETS, TALLY, "crash")
    rows = [{"id": f"r{n}", "relevant": False, "incidents": []} for n in range(3)]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, err = run("evaluate", "live", tmp_path, "--errors")
    lines = out.splitlines()
    assert code == 1
    assert err == "r2: ValueError: cannot read this\n"
    assert lines[0] == "! relevance r0 gold False predicted 1"
    assert lines[1] == "relevance      P 0.000 R 0.000 F1 0.000 (n 0)"
    assert lines[-1] == "macro_f1 0.000 linking_b3 0.000 bad_quotes 0"


def test_show_takes_the_id_of_an_event(run, news: Path):
    run("add", news)
    with open_store("dateline.db") as store:
        members = store.memberships()
    for event in members:
        assert run("show", event)[1].startswith(members[event])


def test_tallies_are_listed_apart_and_never_as_incidents(run, news: Path):
    run("add", news)
    assert "45" not in run("show")[1]
    code, out, _ = run("show", "--kind", "tally")
    assert code == 0
    assert "45" in out.splitlines()[1]
    event = out.splitlines()[1].split()[0]
    assert "“45 attacks”" in run("show", event)[1]


def test_an_unknown_id_is_one_line(run, news: Path):
    run("add", news)
    code, out, err = run("show", "i_nothing")
    assert (code, out) == (1, "")
    assert err == "dateline: i_nothing: no incident or event of that id; dateline show lists them\n"


def test_hostile_quotes_do_not_reach_the_terminal(run, tmp_path: Path):
    run("add", write_reports(tmp_path / "reports.jsonl", ESCAPES))
    wanted = run("show")[1].splitlines()[1].split()[0]
    for out in (run("show")[1], run("show", wanted)[1]):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\r\nb\tc", "a  b c"),
        ("\u202eevil\u2066\u200f", "evil"),
        ("a\x9b31mb\x00", "a31mb"),
        ("می‌خواهم", "می‌خواهم"),
        ("  two  blanks", "  two  blanks"),
    ],
)
def test_only_what_is_seen_is_printed(text: str, shown: str):
    assert printable(text) == shown


@pytest.mark.parametrize("verb", [("show",), ("link",), ("export", "--to", "csv", "-o", "x.csv")])
def test_reading_a_store_that_is_not_there_makes_none(run, tmp_path: Path, verb):
    code, _, err = run(*verb)
    assert code == 1
    assert err.startswith("dateline: dateline.db: no such store; ")
    assert list(tmp_path.iterdir()) == []


def test_code_writes_one_line_a_report_in_order(run, tmp_path: Path):
    reports = write_reports(tmp_path / "reports.jsonl", ROCKETS, "crash", TALLY)
    with reports.open("a") as stream:
        stream.write("{not json\n")
    code, out, err = run("code", reports, "-o", "events.jsonl")
    lines = [json.loads(line) for line in Path("events.jsonl").read_text("utf-8").splitlines()]
    assert (code, out) == (1, "")
    assert [line["report"] for line in lines] == ["r0", "r1", "r2", f"{reports}:4"]
    assert [line["status"] for line in lines] == ["ok", "failed", "ok", "failed"]
    assert lines[1]["message"] == "ValueError: cannot read this"
    assert lines[1]["events"] == []
    assert len(err.splitlines()) == 2
    assert not Path("dateline.db").exists()


def test_code_gives_each_claim_with_its_quote(run, tmp_path: Path):
    code, out, _ = run("code", write_reports(tmp_path / "reports.jsonl", ROCKETS), "-o", "-")
    (event,) = json.loads(out)["events"]
    assert code == 0
    assert (event["kind"], event["type"], event["killed"]["low"]) == (
        "incident",
        "rocket_attack",
        1,
    )
    assert event["acled"] == "Shelling/artillery/missile attack"
    for claim in event["claims"]:
        assert {"id", "role", "value", "stance", "speakers", "score", "origin"} < set(claim)
        assert claim["quote"] == ROCKETS[claim["start"] : claim["end"]]


def test_code_gives_undated_reports_the_date_asked_for(run, tmp_path: Path):
    reports = write_reports(tmp_path / "reports.jsonl", TALLY)
    _, out, _ = run("code", reports, "--published", "2021-07-06", "-o", "-")
    assert json.loads(out)["published"] == "2021-07-06"


def test_an_output_that_cannot_be_written_is_one_line(run, tmp_path: Path):
    reports = write_reports(tmp_path / "reports.jsonl", TALLY)
    code, _, err = run("code", reports, "-o", "nowhere/x.jsonl")
    assert (code, err.startswith("dateline: nowhere/x.jsonl: cannot be written")) == (1, True)


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson"])
def test_export_writes_the_file_and_tells_its_losses(run, news: Path, form: str):
    run("add", news)
    code, out, err = run("export", "--to", form, "-o", "out")
    assert (code, out) == (0, "")
    assert err.startswith("out: 1 incident written\n")
    assert "Balad Air Base" in Path("out").read_text("utf-8")


def test_exported_rows_name_the_publishers(run, news: Path):
    run("add", news)
    run("export", "--to", "csv", "-o", "out.csv")
    (row,) = csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8")))
    assert row["source"] == "The Rockets; The Update"
    assert row["fatalities"] == "3"


def test_exported_places_can_be_coarse(run, news: Path):
    run("add", news)
    _, _, err = run("export", "--to", "jsonl", "-o", "out", "--place-level", "admin1")
    assert "Balad Air Base" not in Path("out").read_text("utf-8")
    assert "out: withheld: places finer than admin1, 1 time" in err


def test_linking_again_keeps_the_incident_ids(run, news: Path):
    run("add", news)
    before = run("show")[1]
    assert run("link")[:2] == (0, "dateline.db: 3 reports, 3 events, 1 incident\n")
    assert run("show")[1] == before


def test_a_word_of_a_person_parts_an_incident_and_can_be_taken_back(run, news: Path):
    run("add", news)
    with open_store("dateline.db") as store:
        one, other = sorted(store.memberships())[:2]
    code, out, _ = run("explain", one, other)
    assert (code, "same day" in out, "sum +" in out) == (0, True, True)
    assert out.splitlines()[-1] == "they stand in one incident"
    judged = run("judge", one, other, "different", "--why", "two bases", "--by", "amina")
    assert (judged[0], "now two: " in judged[1]) == (0, True)
    assert "amina said different" in run("explain", one, other)[1]
    listed = run("judgements")[1]
    assert ("two bases" in listed, "1 judgement by people" in listed) == (True, True)
    name = re.search("j_[0-9a-f]{16}", listed)
    assert name
    assert "now one incident: " in run("judgements", "--undo", name[0], "--by", "omar")[1]
    assert "2 judgements by people" in run("judgements")[1]
    assert "2 changes of incident ids" in run("changes")[1]
    assert "0 changes" in run("changes", "--since", "2999-01-01")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("judge", "e_x", "e_y", "same"), "e_x: no incident or event of that id"),
        (("judgements", "--undo", "j_x"), "j_x: no judgement of that id"),
    ],
)
def test_a_word_on_what_is_not_there_is_refused(run, news: Path, arguments, message):
    run("add", news)
    code, _, err = run(*arguments)
    assert (code, message in err) == (1, True)


def test_actors_lists_names_the_registry_lacks_with_an_example(run, tmp_path: Path):
    texts = [
        "Two rockets fell on the port on 2021-07-05, claimed by Liwa al-Nahr.",
        "Two rockets fell on the mill on 2021-07-05, claimed by Liwa an-Nahr.",
        "Two rockets fell on the dam on 2021-07-04, claimed by Liwa al-Nahr.",
        "Two rockets fell on the quay on 2021-07-03, claimed by Liwa Thalj.",
    ]
    run("add", write_reports(tmp_path / "claims.jsonl", *texts))
    code, out, _ = run("actors")
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 3)
    assert columns_of(lines[1])[:4] == ["Liwa al-Nahr", "3", "3", "Liwa an-Nahr"]
    assert "claimed by Liwa al-Nahr" in lines[1]
    assert columns_of(lines[2])[:3] == ["Liwa Thalj", "1", "1"]
    assert len(run("actors", "--limit", "1")[1].splitlines()) == 2


def test_actors_says_where_none_is_missing(run, news: Path):
    run("add", news)
    assert run("actors") == (0, "", "every actor named in the store is in the registry\n")


def test_a_codebook_term_is_explained(run):
    code, out, _ = run("codebook", "rocket_attack")
    assert code == 0
    assert "Shelling/artillery/missile attack" in out


def test_the_built_in_codebook_has_no_problems(run):
    assert run("codebook", "--check")[0] == 0


def test_a_broken_codebook_is_told_with_file_and_line(run, tmp_path: Path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "weapons.toml").write_text("[rocket\n", encoding="utf-8")
    code, out, err = run("codebook", "--check", folder)
    assert (code, "weapons.toml:1" in out) == (1, True)
    assert err == f"dateline: {folder}: 1 problem\n"
    code, _, err = run("show", "--codebook", folder, "--db", "x.db")
    assert code == 1


def test_a_place_is_found_in_the_gazetteer(run):
    code, out, _ = run("gazetteer", "find", "Mosul", "--limit", "1")
    assert code == 0
    assert columns_of(out.splitlines()[1])[1] == "Mosul"
    assert "IQ" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("unknown-verb",),
        ("add",),
        ("add", "x", "--published", "last Monday"),
        ("export", "--to", "csv"),
        ("code", "x"),
        ("show", "--kind", "rumour"),
        ("add", "x", "--db"),
    ],
)
def test_wrong_usage_exits_with_two(run, arguments: tuple[str, ...]):
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("add", "x", "--extractor", "magic"),
            "no extractor called 'magic'; known: lexicon, tagger",
        ),
        (("add", "x", "--engine", "magic"), "no engine called 'magic'; known: local, pool"),
        (
            ("export", "--to", "xml", "-o", "x"),
            "no exporter called 'xml'; known: csv, geojson, jsonl",
        ),
        (("evaluate", "live", "."), "gold.jsonl: no gold set to read there"),
        (("--db", "nowhere/x.db", "add", "x"), "nowhere/x.db"),
        (("--db", "mysql://x/y", "add", "x"), "not supported"),
    ],
)
def test_a_user_error_is_one_line_without_a_traceback(run, arguments, message: str):
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("dateline: ")
    assert message in err
    assert len(err.splitlines()) == 1


def test_the_reference_page_is_the_one_the_program_writes():
    page = Path(__file__).parent.parent / "docs" / "reference" / "cli.md"
    again = "python -m dateline.cli.reference > docs/reference/cli.md"
    assert page.read_text("utf-8") == reference_page(), again


def test_every_verb_has_its_section_in_the_reference():
    verbs = re.findall("(?m)^## dateline (.+)$", reference_page())
    assert sorted(verbs) == [
        "actors",
        "add",
        "changes",
        "code",
        "codebook",
        "correct",
        "evaluate",
        "evaluate attacks",
        "evaluate geo",
        "evaluate isaf",
        "evaluate linking",
        "evaluate live",
        "evaluate muc4",
        "evaluate time",
        "evaluate wikievents",
        "explain",
        "export",
        "gazetteer",
        "gazetteer find",
        "gazetteer import",
        "history",
        "judge",
        "judgements",
        "link",
        "serve",
        "show",
        "spans",
        "token",
        "token create",
        "token list",
        "token revoke",
    ]
