"""Dates: what is found, what it means, when it abstains."""

import datetime as dt
import tomllib
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import FOLDER, Grammar
from dateline.resolve.dates import (
    find_dateline_date,
    find_dates,
    published_from_text,
    resolve_date,
)
from dateline.values import Unknown, When

PATH = FOLDER / "grammars" / "dates.toml"
GRAMMAR = Grammar("dates", tomllib.loads(PATH.read_text("utf-8")), PATH)
WEDNESDAY = dt.date(2023, 8, 16)


def found(text: str) -> list[str]:
    return [text[e.start : e.end] for e in find_dates(text, GRAMMAR)]


def form(text: str) -> str:
    (expression,) = find_dates(text, GRAMMAR)
    return expression.form


def when(text: str, published: dt.date | None = WEDNESDAY, **given_too) -> When | Unknown:
    (expression,) = find_dates(text, GRAMMAR)
    return resolve_date(expression, published, **given_too)


def days(text: str, published: dt.date | None = WEDNESDAY, **given_too) -> tuple[str, str, str]:
    value = when(text, published, **given_too)
    assert isinstance(value, When), value
    return str(value.earliest), str(value.latest), value.precision


def day_of(year: int, month: int, day: int) -> When:
    date = dt.date(year, month, day)
    return When(date, date, "day", "publication")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb went off on Monday in Kharkiv.", ["Monday"]),
        ("Shelling began late on Monday.", ["late on Monday"]),
        ("It happened Monday night near the port.", ["Monday night"]),
        ("On April 9, 2017, two men", ["April 9, 2017"]),
        ("on 9 April the town", ["9 April"]),
        ("the night of March 8-9 was loud", ["the night of March 8-9"]),
        ("between March 3 and 7 the city", ["between March 3 and 7"]),
        ("attacks since the beginning of the year", ["since the beginning of the year"]),
        ("in early 2020 the front", ["early 2020"]),
        ("from 2015 to 2018 the mission", ["from 2015 to 2018"]),
        ("comes a week after the air raids on the town", ["a week after the air raids"]),
        ("A day after Monday's raid", ["A day after", "Monday"]),
        ("at 2:45 p.m. local time (1145 GMT)", ["2:45 p.m. local time", "1145 GMT"]),
        ("at about 8 a.m. on April 11", ["about 8 a.m. on April 11"]),
        ("shortly after midnight a shell", ["shortly after midnight"]),
        ("in the past 24 hours", ["the past 24 hours"]),
        ("the first half of 2023", ["the first half of 2023"]),
    ],
)
def test_an_expression_is_found_with_its_exact_words(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He may march on under the sun for a second.",
        "The fighting lasted for two hours, a nine-month trial",
        "A 24-year-old man and 2015 people",
        "a Boeing 737 and resolution 1701",
        "Call +964 770 2019 1990.",
        "The March of Return drew 1,990 marchers.",
        "Hurricane Sandy sat still",
        "April Smith told The Sunday Times",
        "the 7th Brigade fired 12 rockets",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 5, 2021", "day"),
        ("on Friday", "weekday"),
        ("yesterday", "relative"),
        ("two days earlier", "after_event"),
        ("since January 2020", "span"),
        ("in 2015", "period"),
        ("recently", "vague"),
        ("at 7:20am", "clock"),
    ],
)
def test_the_form_says_what_kind_of_expression_it_is(text, expected):
    assert form(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday", ("2023-08-14", "2023-08-14", "day")),
        ("on Wednesday", ("2023-08-16", "2023-08-16", "day")),
        ("last Wednesday", ("2023-08-09", "2023-08-09", "day")),
        ("next Monday", ("2023-08-21", "2023-08-21", "day")),
        ("they will meet on Monday", ("2023-08-21", "2023-08-21", "day")),
        ("envoys are due to arrive on Monday", ("2023-08-21", "2023-08-21", "day")),
        ("roads closed due to clashes on Monday", ("2023-08-14", "2023-08-14", "day")),
        ("the court is to be opened on Monday", ("2023-08-21", "2023-08-21", "day")),
        ("what seemed to be mortar fire on Monday", ("2023-08-14", "2023-08-14", "day")),
        ("families had to be moved on Monday", ("2023-08-14", "2023-08-14", "day")),
        ("yesterday", ("2023-08-15", "2023-08-15", "day")),
        ("overnight", ("2023-08-15", "2023-08-16", "range")),
        ("over the weekend", ("2023-08-12", "2023-08-13", "range")),
        ("last week", ("2023-08-07", "2023-08-13", "week")),
        ("last month", ("2023-07-01", "2023-07-31", "month")),
        ("earlier this month", ("2023-08-01", "2023-08-16", "range")),
        ("this year", ("2023-01-01", "2023-12-31", "year")),
        ("late last year", ("2022-07-02", "2022-12-31", "range")),
        ("two weeks ago", ("2023-07-30", "2023-08-05", "week")),
        ("three days ago", ("2023-08-13", "2023-08-13", "day")),
        ("since the beginning of the year", ("2023-01-01", "2023-08-16", "range")),
        ("in the past 24 hours", ("2023-08-15", "2023-08-16", "range")),
        ("on September 3", ("2022-09-03", "2022-09-03", "day")),
        ("on August 18", ("2023-08-18", "2023-08-18", "day")),
        ("in June", ("2023-06-01", "2023-06-30", "month")),
        ("in October", ("2022-10-01", "2022-10-31", "month")),
        ("on the 7th", ("2023-08-07", "2023-08-07", "day")),
        ("on the 20th", ("2023-07-20", "2023-07-20", "day")),
        ("in the last week of June", ("2023-06-15", "2023-06-30", "range")),
        ("on February 24 last year", ("2022-02-24", "2022-02-24", "day")),
        ("the night of 5/6 July", ("2023-07-05", "2023-07-06", "range")),
        ("mid-February", ("2023-02-08", "2023-02-21", "range")),
        ("between December 28, 2022 and January 3", ("2022-12-28", "2023-01-03", "range")),
        ("between December 28 and January 3, 2021", ("2020-12-28", "2021-01-03", "range")),
        ("from Thursday to Tuesday", ("2023-08-10", "2023-08-15", "range")),
        ("in the summer of 2022", ("2022-06-01", "2022-08-31", "range")),
        ("on Christmas Eve", ("2022-12-24", "2022-12-24", "day")),
    ],
)
def test_words_counted_from_publication(text, expected):
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 5, 2021", ("2021-07-05", "2021-07-05", "day")),
        ("Jul 06 2021", ("2021-07-06", "2021-07-06", "day")),
        ("Monday, 5 July 2021", ("2021-07-05", "2021-07-05", "day")),
        ("2021-07-05", ("2021-07-05", "2021-07-05", "day")),
        ("26/07/2021", ("2021-07-26", "2021-07-26", "day")),
        ("March 8-9, 2022", ("2022-03-08", "2022-03-09", "range")),
        ("January 2020", ("2020-01-01", "2020-01-31", "month")),
        ("in 2015", ("2015-01-01", "2015-12-31", "year")),
        ("the 1990s", ("1990-01-01", "1999-12-31", "range")),
        ("the 19th century", ("1801-01-01", "1900-12-31", "range")),
        ("the third quarter of 2021", ("2021-07-01", "2021-09-30", "range")),
    ],
)
def test_a_full_date_needs_no_publication_date(text, expected):
    assert days(text, None) == expected
    assert when(text, None).basis == "stated"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("on Monday", "a Monday"),
        ("July 5", "July 5 of no stated year"),
        ("in June", "June of no stated year"),
        ("last week", "publication date"),
        ("since Monday", "publication date"),
    ],
)
def test_without_a_publication_date_relative_words_stay_unknown(text, reason):
    value = when(text, None)
    assert isinstance(value, Unknown)
    assert reason in value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("on 06/07/2021", "either way"),
        ("Monday, July 6, 2021", "2021-07-06 is a Tuesday"),
        ("February 30, 2021", "no such day"),
        ("before Independence Day", "each country has on a day of its own"),
        ("during Eid", "one of two feasts of that name"),
        ("on Eid al-Fitr 2000", "comes 2 times in 2000"),
        ("recently", "too vague"),
        ("two days earlier", "event whose date is not known"),
        ("a week after the raids", "event whose date is not known"),
        ("between July 9, 2021 and July 5, 2021", "backwards"),
        ("they would leave on Monday", "the one before and the one after"),
    ],
)
def test_an_expression_that_fits_no_one_day_stays_unknown(text, reason):
    value = when(text)
    assert isinstance(value, Unknown)
    assert reason in value.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Eid al-Adha", ("2023-06-27", "2023-06-29", "range")),
        ("last Thanksgiving", ("2022-11-24", "2022-11-24", "day")),
        ("next Yom Kippur", ("2023-09-25", "2023-09-25", "day")),
        ("Easter Sunday in 2019", ("2019-04-21", "2019-04-21", "day")),
        ("the Muslim holy month of Ramadan", ("2023-03-21", "2023-04-21", "range")),
        ("the start of Ramadan", ("2023-03-21", "2023-04-06", "range")),
        ("in the month of Rajab", ("2023-01-21", "2023-02-21", "range")),
        ("since Orthodox Easter 2022", ("2022-04-24", "2023-08-16", "range")),
        ("during Passover", ("2023-04-06", "2023-04-13", "range")),
    ],
)
def test_a_feast_that_moves_is_found_for_its_year(text, expected):
    assert days(text) == expected


def test_eid_alone_is_the_feast_near_publication():
    assert days("the truce for Eid", dt.date(2018, 6, 17)) == ("2018-06-13", "2018-06-15", "range")


@pytest.mark.parametrize("text", ["before the 9/11 attacks", "the Sept. 11 attacks in New York"])
def test_a_day_that_became_a_name_needs_no_year(text):
    (expression,) = find_dates(text, GRAMMAR)
    assert resolve_date(expression, WEDNESDAY) == When(
        dt.date(2001, 9, 11), dt.date(2001, 9, 11), "day", "stated"
    )


def test_a_september_day_of_no_attacks_is_that_of_the_last_year():
    assert days("the vote of September 11") == ("2022-09-11", "2022-09-11", "day")


@pytest.mark.parametrize(
    ("text", "country", "first"),
    [
        ("in summer 2022", "FR", "2022-06-01"),
        ("in summer 2022", None, "2022-06-01"),
        ("in winter 2022", "ZA", "2022-06-01"),
        ("Easter 2022", None, "2022-04-17"),
        ("Easter 2022", "UA", "2022-04-24"),
    ],
)
def test_a_country_decides_seasons_and_easter(text, country, first):
    assert days(text, country=country)[0] == first


def test_that_day_is_the_day_its_own_sentence_named():
    text = "On Tuesday the mayor named two who fell in that day's blast. The same day, it snowed."
    tuesday, that_day, same_day = find_dates(text, GRAMMAR)
    assert text[that_day.start : that_day.end] == "that day"
    assert resolve_date(that_day, WEDNESDAY) == resolve_date(tuesday, WEDNESDAY)
    assert isinstance(resolve_date(same_day, WEDNESDAY), Unknown)


@pytest.mark.parametrize(
    ("text", "time", "first", "last"),
    [
        ("hours after the raid on the depot", "night", 5, 5),
        ("three hours later", "late", 5, 6),
        ("two hours later", "14:00", 5, 5),
        ("four hours earlier", "02:30", 4, 4),
        ("an hour earlier", "dawn", 5, 5),
        ("hours later", None, 5, 6),
    ],
)
def test_hours_are_counted_from_the_time_of_day_of_the_event(text, time, first, last):
    anchor = When(dt.date(2021, 7, 5), dt.date(2021, 7, 5), "day", "publication", time)
    value = when(text, None, anchor=anchor)
    assert (value.earliest.day, value.latest.day) == (first, last)


def test_the_same_day_in_two_orders_is_not_ambiguous():
    assert days("05/05/2021", None) == ("2021-05-05", "2021-05-05", "day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a week after the raids", ("2021-06-25", "2021-07-01", "week")),
        ("two days after the vote", ("2021-07-03", "2021-07-03", "day")),
        ("three days before the vote", ("2021-07-08", "2021-07-08", "day")),
        ("two days earlier", ("2021-07-03", "2021-07-03", "day")),
        ("a day later", ("2021-07-06", "2021-07-06", "day")),
        ("the same day", ("2021-07-05", "2021-07-05", "day")),
        ("the previous week", ("2021-06-28", "2021-07-04", "week")),
        ("the following Friday", ("2021-07-09", "2021-07-09", "day")),
        ("hours later", ("2021-07-05", "2021-07-06", "range")),
    ],
)
def test_an_event_is_dated_by_the_one_it_hangs_on(text, expected):
    assert days(text, None, anchor=day_of(2021, 7, 5)) == expected
    assert when(text, None, anchor=day_of(2021, 7, 5)).basis == "event"


def test_a_day_after_a_named_day_counts_from_that_day():
    after, _ = find_dates("A day after Monday's raid", GRAMMAR)
    assert resolve_date(after, WEDNESDAY).earliest == dt.date(2023, 8, 15)


def test_a_hint_gives_the_year_of_a_day_without_one():
    assert days("on July 5", None, year_hint=2019) == ("2019-07-05", "2019-07-05", "day")


@pytest.mark.parametrize(
    ("text", "time", "zone"),
    [
        ("Monday at 2:45 p.m. local time", "14:45", "local"),
        ("9 a.m. EDT Tuesday", "09:00", "ET"),
        ("Monday night", "night", None),
        ("the early hours of Friday", "night", None),
        ("early on Friday", "early", None),
        ("last night", "night", None),
        ("at noon on Friday", "12:00", None),
        ("0906 on Tuesday 31 August 2021", None, None),
        ("at 0906 on Tuesday 31 August 2021", "09:06", None),
        ("12:10 am on July 5", "00:10", None),
        ("Monday around noon", "12:00", None),
        ("7:30 in the evening on Monday", "19:30", None),
    ],
)
def test_a_date_carries_its_time_of_day(text, time, zone):
    value = when(text)
    assert (value.time, value.zone) == (time, zone)
    assert value.precision == "day"


def test_a_time_of_day_alone_has_no_day_until_it_is_given_one():
    assert when("at 0420 GMT") == When(None, None, "unknown", "unknown", "04:20", "UTC")
    dated = when("at 0420 GMT", anchor=day_of(2021, 7, 5))
    assert (dated.earliest, dated.time) == (dt.date(2021, 7, 5), "04:20")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KYIV, March 3 (Agency) - Shells fell on Monday.", "March 3"),
        ("Shells fall on Kharkiv\n\nMarch 3, 2023\n\nShells fell.", "March 3, 2023"),
        ("Agency, Mosul, Mar 06 2017\nA raid", "Mar 06 2017"),
        ("Published July 6th, 2021", "July 6th, 2021"),
        ("Saturday 28 January 2023\nA raid", "Saturday 28 January 2023"),
        ("Updated 6:27pm\nShells fell on Monday.", None),
        ("Updated: July 7, 2021", None),
        ("Shells Fall on Kharkiv on July 5, 2021", None),
        ("Shells fell on March 3, 2023. Nobody was hurt.", None),
        ("March 3 was calm in the town.", None),
    ],
)
def test_the_date_of_the_report_is_told_from_the_dates_it_tells(text, expected):
    head = find_dateline_date(text, GRAMMAR)
    assert (head and text[head.start : head.end]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KYIV, March 3 (Agency) - Shells fell.", None),
        ("KYIV, March 3, 2023 (Agency) - Shells fell.", dt.date(2023, 3, 3)),
        ("KYIV, March 3 (Agency) -\nPublished 4 March 2023", dt.date(2023, 3, 4)),
        ("Shells fell on March 3, 2023.", None),
    ],
)
def test_a_report_may_state_its_own_publication_day(text, expected):
    published = published_from_text(text, GRAMMAR)
    assert (published and published.earliest) == expected
    assert published is None or (published.precision, published.basis) == ("day", "stated")


DATES = st.dates(min_value=dt.date(1970, 1, 1), max_value=dt.date(2100, 12, 31))
WEEKDAYS = st.sampled_from(sorted(GRAMMAR.tables["weekdays"])).map(str.capitalize)
MONTHS = st.sampled_from(sorted(GRAMMAR.tables["months"])).map(str.capitalize)
PIECES = st.one_of(
    WEEKDAYS,
    MONTHS,
    st.sampled_from(sorted(GRAMMAR.tables["parts"])),
    st.sampled_from(sorted(GRAMMAR.tables["dayparts"])),
    st.sampled_from(sorted(GRAMMAR.tables["relations"])),
    st.sampled_from(sorted(GRAMMAR.tables["numbers"])),
    st.sampled_from(sorted(GRAMMAR.tables["units"])),
    st.sampled_from(sorted(GRAMMAR.tables["which"])),
    st.sampled_from(["in", "on", "since", "between", "and", "the", "to", "-", ",", "of", "at"]),
    st.integers(min_value=0, max_value=2100).map(str),
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)


@given(TEXTS, st.none() | DATES, st.none() | DATES)
def test_no_interval_runs_backwards_and_no_two_expressions_overlap(text, published, anchor):
    expressions = find_dates(text, GRAMMAR)
    assert expressions == find_dates(text, GRAMMAR)
    for left, right in pairwise(expressions):
        assert left.end <= right.start
    event = anchor and When(anchor, anchor, "day", "publication")
    for expression in expressions:
        assert 0 <= expression.start < expression.end <= len(text)
        value = resolve_date(expression, published, anchor=event)
        assert isinstance(value, When | Unknown)
        if isinstance(value, When) and value.precision == "day":
            assert value.earliest == value.latest


@given(DATES, WEEKDAYS, st.sampled_from(sorted(GRAMMAR.tables["dayparts"])))
def test_a_part_of_a_day_lies_in_the_day(published, weekday, part):
    day = when(f"on {weekday}", published)
    finer = when(f"on {weekday} {part}", published)
    assert (finer.earliest, finer.latest) == (day.earliest, day.latest)


@given(DATES, MONTHS, st.integers(1, 28), st.sampled_from(["early", "mid", "late"]))
def test_a_finer_expression_lies_in_the_coarser_one(published, month, day, part):
    year = published.year
    whole = when(f"in {month} {year}", published)
    for text in (f"on {month} {day}, {year}", f"in {part} {month} {year}"):
        finer = when(text, published)
        assert whole.earliest <= finer.earliest
        assert finer.latest <= whole.latest


@given(DATES, WEEKDAYS)
def test_a_weekday_means_the_last_one_on_or_before_publication(published, weekday):
    value = when(f"on {weekday}", published)
    assert dt.timedelta(0) <= published - value.earliest < dt.timedelta(7)
    assert f"{value.earliest:%A}" == weekday


@given(DATES, st.integers(1, 6))
def test_a_week_after_leaves_two_days_either_side(day, weeks):
    anchor = When(day, day, "day", "stated")
    value = when(f"{weeks} weeks after the raids", None, anchor=anchor)
    middle = day - dt.timedelta(weeks=weeks)
    assert value.earliest <= middle - dt.timedelta(2)
    assert value.latest >= middle + dt.timedelta(2)


def test_three_hundred_words_are_read_in_milliseconds():
    text = (
        "Rockets hit a base in the desert on Monday night and nobody was hurt, the army said. "
        "It came a week after the raids on the border and two days before the vote of June 20. "
    ) * 9
    find_dates(text, GRAMMAR)
    best = 1.0
    for _ in range(5):
        start = perf_counter()
        find_dates(text, GRAMMAR)
        best = min(best, perf_counter() - start)
    assert best < 0.05  # ten times the usual, so that a busy machine does not fail


def test_a_letterhead_of_short_lines_does_not_hide_the_dateline() -> None:
    text = (
        "Joint Command News\n2012-10-S-009\nFor Immediate Release\n\nBy our staff\n\n"
        "KABUL, Afghanistan (Oct. 9, 2012)\nA force arrested a leader on Saturday in Logar."
    )
    head = find_dateline_date(text, GRAMMAR)
    assert head is not None
    assert text[head.start : head.end] == "Oct. 9, 2012"


def test_a_text_without_capitals_names_days_too():
    assert found("raiders came late on monday; on 3 june they left") == ["late on monday", "3 june"]


def test_may_stays_a_verb_in_a_text_without_capitals():
    assert found("at least 15 may have died") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("QUITO, 7 FEB 91 -- TWO GUARDS WERE SHOT DEAD ON TUESDAY NIGHT.", "7 FEB 91"),
        ("quito, 7 feb 91 (agency) - two guards were shot dead on tuesday night.", "7 feb 91"),
        ("quito, march 7 - two guards were shot dead on tuesday night.", "march 7"),
    ],
)
def test_a_dateline_in_one_case_dates_the_report_and_not_what_it_tells(text, day):
    head = find_dateline_date(text, GRAMMAR)
    assert head is not None
    assert text[head.start : head.end] == day


def test_two_figures_behind_a_month_are_a_year_only_where_they_count_nothing():
    assert days("They met on 7 February 91.", None) == ("1991-02-07", "1991-02-07", "day")
    assert found("On 7 February 91 people met.") == ["7 February"]
