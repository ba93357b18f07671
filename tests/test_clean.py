"""Cleaning: clutter goes, prose stays, and cleaning twice changes nothing."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.clean import (
    clean_html,
    clean_text,
    find_language,
    find_published,
    find_title,
    iso_date,
    unwrap,
)
from dateline.codebook import FOLDER, Grammar
from dateline.errors import SourceError

PATH = FOLDER / "grammars" / "clutter.toml"
CLUTTER = Grammar("clutter", tomllib.loads(PATH.read_text("utf-8")), PATH)
SEED = Path(__file__).parents[2] / "shared" / "seed"

TITLE = "Gunmen storm prison in the north"
LEAD = "Gunmen stormed a prison on the edge of the northern town before dawn, the warden said."
BODY = "Two guards were hurt and 14 inmates are missing, according to the ministry of justice."
END = "No group has said that it was behind the raid, the second on the prison this year."


def page(head: str = "", above: str = "", below: str = "", title: str = TITLE) -> str:
    return (
        f"<!doctype html><html lang='en-GB'><head><title>{title} - Northern Post</title>"
        f"<meta property='og:site_name' content='Northern Post'>{head}</head><body>"
        f"<header><a href='/'>Home</a> <a href='/world'>World</a></header><article>"
        f"<h1>{title}</h1>{above}<p>{LEAD}</p><p>{BODY}</p><p>{END}</p>{below}</article>"
        f"<footer>© 2024 Northern Post. All rights reserved.</footer></body></html>"
    )


CLEAN = f"{TITLE}\n\n{LEAD}\n\n{BODY}\n\n{END}"


# --- plain text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Share:",
        "Share this:",
        "Tweet",
        "Share on Facebook",
        "Facebook Twitter WhatsApp Email",
        "Facebook | X | LinkedIn",
        "Click to share on Twitter (Opens in new window)",
        "Like this:",
        "Like Loading...",
        "Follow us on Telegram",
        "1.2K Shares",
        "0 Comments",
        "3 min read",
        "Prison_raid_north",
        "prison-raid.jpg",
        "Photo: Northern Post",
        "A guard outside the prison. [File: A. Name/Reuters]",
        "The prison, seen from the road (Getty Images)",
        "Guards walk past the burnt gate. REUTERS/A Name/File Photo",
        "READ: Prison break in the south leaves five dead",
        "Read also: Who runs the northern prisons?",
        "Read more: Who runs the northern prisons?",
        "Related: Who runs the northern prisons?",
        "Also read | Who runs the northern prisons?",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Comment *",
        "Post Comment",
        "Cancel reply",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
        "We use cookies to make this site work. By staying you agree to our policy.",
        "Accept all cookies",
        "Sign up for our newsletter",
        "Subscribe to our daily newsletter and never miss a story.",
        "Get the latest news delivered to your inbox",
        "Advertisement",
        "Story continues below advertisement",
        "Skip to main content",
        "Home > News > World",
        "Tags: prison, north, raid",
        "Filed under: World",
        "© 2024 Northern Post. All rights reserved.",
        "Terms of Use | Privacy Policy | Contact us",
        "Previous article",
        "author",
        "About the author",
        "Gunmen storm prison in the north",
        "GUNMEN STORM PRISON IN THE NORTH",
        "The post Gunmen storm prison in the north appeared first on Northern Post.",
    ],
)
def test_a_line_of_clutter_goes_wherever_it_stands(line: str):
    for lines in ((TITLE, line, LEAD, BODY, END), (TITLE, LEAD, line, BODY, END, line)):
        assert clean_text("\n\n".join(lines), CLUTTER) == CLEAN


@pytest.mark.parametrize(
    "line",
    [
        "Updated 6:27pm",
        "By Amina Name",
        "NAIROBI (AFP) - Gunmen stormed a prison on Monday.",
        "May 12, 2024",
        "Who was behind the raid",
        "Share prices fell after the raid, traders said.",
        "Like the raid in March, it began before dawn.",
        "Follow-up raids killed three more guards.",
        "Related attacks in the east killed nine.",
        "Read out in court, the statement named nobody.",
        "Comment was not available from the ministry.",
        "Print shops in the town stayed shut.",
        "The photo showed two guards on the ground.",
        "“We use what we have,” the warden said.",
        "Home to 300 inmates, the prison has one gate.",
        "Search teams found two rifles.",
        "Next to the gate stood a burnt truck.",
        "Loading docks were hit as well.",
        "The author of the attack is not known.",
        "He is a journalist who was in the prison when it was stormed.",
        "Register offices in the town were burnt down.",
        "The raid was claimed on Telegram.",
        "Police said the caller used an e-mail address in the capital.",
        "Two guards were hurt in the raid (Reuters)",
        "Support for the army has fallen since the raid.",
        "Get out, the gunmen told the guards.",
        "Contact with the prison was lost at 04:10.",
        "Image of a strong state is at stake, critics say.",
        "Watch towers were empty, a guard said.",
        "12 killed in raid",
        "3 guards, 5 inmates missing",
    ],
)
def test_prose_that_begins_like_clutter_stays(line: str):
    text = f"{TITLE}\n\n{LEAD}\n\n{line}\n\n{BODY}\n\n{END}"
    assert clean_text(text, CLUTTER) == text


def test_a_headline_that_begins_like_a_teaser_stays():
    for title in ("Watch: what is known of the raid", "Photos: the prison after the raid"):
        text = f"{title}\n\n{LEAD}\n\n{BODY}"
        assert clean_text(text, CLUTTER) == text


@pytest.mark.parametrize(
    "box",
    [
        "author\n\nNora is a freelance writer who loves to travel.",
        "About the author\n\nNora Name\n\nNora Name has been a reporter for nine years.",
        "Written by\nNora Name\nNora covers prisons. Follow her on Twitter.",
        "Nora Name is a reporter at the Northern Post. She covers prisons and courts.",
    ],
)
def test_an_author_box_goes_with_its_biography(box: str):
    assert clean_text(f"{CLEAN}\n\n{box}\n\nLeave a Reply", CLUTTER) == CLEAN


def test_the_paragraph_below_a_byline_label_stays():
    text = f"{TITLE}\n\nauthor\n\n{LEAD}\n\n{BODY}\n\n{END}"
    assert clean_text(text, CLUTTER) == CLEAN


def test_a_list_of_other_reports_goes_and_the_prose_after_it_stays():
    links = "You might also like\n\nPrison break in the south: five dead\nWho runs the prisons here"
    text = f"{TITLE}\n\n{LEAD}\n\n{links}\n\n{BODY}\n\n{END}"
    assert clean_text(text, CLUTTER) == CLEAN


def test_readers_comments_go_and_a_counter_alone_takes_nothing_with_it():
    comments = (
        "2 thoughts on “Gunmen storm prison”\n\nJo says:\n\nTerrible, 50 were killed.\n\nReply"
    )
    text = f"{TITLE}\n\n2 Comments\n\n{LEAD}\n\n{BODY}\n\n{END}\n\n{comments}"
    assert clean_text(text, CLUTTER) == CLEAN


def test_nothing_but_clutter_leaves_nothing():
    assert clean_text("Home\n\nShare:\n\nLeave a Reply\n", CLUTTER) == ""


def test_line_ends_and_blank_lines_are_made_one():
    assert clean_text(f"\ufeff{LEAD}\r\n \r\n\r\n\r\n{BODY}\r\n", CLUTTER) == f"{LEAD}\n\n{BODY}"


LINES = [
    TITLE,
    LEAD,
    BODY,
    "author",
    "Share:",
    "a_b",
    "Related stories",
    "Nora",
    "",
    " ",
    "2 Comments",
]
LINES += [
    "Jo says:",
    "Reply",
    "Nora is a writer passionate about words.",
    "Read more: a b c d",
    "Home",
]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=60), max_size=14).map("\n".join))
def test_cleaning_twice_changes_nothing_and_every_line_was_there_before(text: str):
    once = clean_text(text, CLUTTER)
    assert clean_text(once, CLUTTER) == once
    assert {*once.split("\n")} - {""} <= {line.strip() for line in text.splitlines()} | {
        line.strip() for line in text.split("\n")
    }


@pytest.mark.parametrize(
    "line",
    [
        "(" * 400,
        "a_" * 200 + "!",
        "share x " * 50 + "!",
        "home > " * 57,
        "a - " * 100,
        "[file: " * 60,
        "Nora Name is a " * 26,
        "the post " * 40 + "appeared",
        "1 " * 200,
        "read more " * 40,
    ],
)
def test_no_line_takes_long(line: str):
    started = time.perf_counter()
    clean_text("\n".join([TITLE, *[line] * 10]), CLUTTER)
    assert time.perf_counter() - started < 2


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside this checkout")
def test_the_seed_article_keeps_its_body_and_loses_its_clutter():
    raw = (SEED / "article.txt").read_text("utf-8")
    facts = tomllib.loads((SEED / "facts.toml").read_text("utf-8"))["report"]
    text = clean_text(raw, CLUTTER)
    assert find_title(text, CLUTTER) == facts["title"]
    assert [phrase for phrase in facts["not_text"] if phrase in text] == []
    body = [line for line in raw.splitlines() if len(line) > 200 and "young writer" not in line]
    assert text.split("\n\n") == [facts["title"], *body]


# --- title, date, language, wrapped lines -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TITLE}\n\n{LEAD}", TITLE),
        (f"“{TITLE}”\n\n{LEAD}", f"“{TITLE}”"),
        (f"Who stormed the prison?\n{LEAD}", "Who stormed the prison?"),
        (f"{LEAD}\n\n{BODY}", None),
        (f"{LEAD[:-1] * 4}\n\n{BODY}", None),
        (TITLE, None),
        ("", None),
    ],
)
def test_a_short_first_line_without_a_full_stop_is_the_title(text: str, expected: str | None):
    assert find_title(text, CLUTTER) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published July 6th, 2021", "2021-07-06"),
        ("6 July 2021", "2021-07-06"),
        ("Tuesday, Jul 06 2021", "2021-07-06"),
        ("Posted on 2021-07-06", "2021-07-06"),
        ("Published: 6 Sept. 2021, 14:05 GMT", "2021-09-06"),
        ("06/07/2021", None),
        ("31 February 2021", None),
        ("On 6 July 2021 gunmen stormed the prison.", None),
        ("July 2021", None),
        (f"KANO, Nigeria, May 12, 2024 (Post) - {LEAD}", "2024-05-12"),
        (f"KANO - On May 12, 2024 - a Sunday - {LEAD}", None),
        (f"Kano fell on May 12, 2024 - {LEAD}", None),
    ],
)
def test_a_line_that_is_only_a_date_is_the_day_of_publication(line: str, expected: str | None):
    assert find_published(f"{TITLE}\n\n{line}\n\n{LEAD}\n\n{BODY}", CLUTTER) == expected


def test_a_date_line_in_the_middle_of_a_long_text_is_not_the_day_of_publication():
    text = "\n\n".join([TITLE, *[LEAD] * 5, "6 July 2021", *[BODY] * 5])
    assert find_published(text, CLUTTER) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LEAD, "en"),
        ("Des hommes armés ont attaqué la prison avant l’aube, selon le directeur.", "fr"),
        ("هاجم مسلحون السجن قبل الفجر بحسب مدير السجن في المدينة", "ar"),
        ("Haha", None),
    ],
)
def test_the_language_is_told_of_texts_long_enough(text: str, expected: str | None):
    assert find_language(text, CLUTTER) == expected


def test_lines_broken_at_a_width_are_joined():
    wrapped = (
        "Gunmen stormed a prison on the edge of the northern\n"
        "town before dawn, the warden said. Two guards were\n"
        "hurt and 14 inmates are missing.\n\n"
        "No group has said that it was behind the raid."
    )
    assert unwrap(wrapped).split("\n\n") == [
        (
            "Gunmen stormed a prison on the edge of the northern town before dawn, the warden "
            "said. Two guards were hurt and 14 inmates are missing."
        ),
        "No group has said that it was behind the raid.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n{LEAD}\n{BODY}",
        "- two guards hurt\n- 14 inmates missing\n- one gate burnt",
        f"{LEAD}\n\n{BODY}",
        "",
    ],
)
def test_lines_that_end_on_purpose_are_not_joined(text: str):
    assert unwrap(text) == text


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2021-07-05", "2021-07-05"),
        ("2021-07-05T14:45:00Z", "2021-07-05T14:45:00+00:00"),
        ("2021-07-05T14:45:00.000+0300", "2021-07-05T14:45:00+03:00"),
        ("5 July 2021", None),
        ("2021-13-05", None),
        ("", None),
        (None, None),
        (20210706, None),
        ("20210705", None),
    ],
)
def test_only_iso_dates_are_dates(stated: object, expected: str | None):
    assert iso_date(stated) == expected


# --- web pages --------------------------------------------------------------------------------

SHARE = "<div class='share'>Share: <a href='#'>Facebook</a> <a href='#'>Tweet</a></div>"
CAPTION = "<figure><img src='p.jpg'><figcaption>Prison_raid_north</figcaption></figure>"
AUTHOR = "<div><h4>author</h4><p>Nora is a young writer passionate about her town.</p></div>"
FORM = "<h3>Leave a Reply</h3><p>Your email address will not be published.</p>"


def test_a_saved_page_loses_its_clutter_and_keeps_its_headline_once():
    found = clean_html(page(above=CAPTION, below=SHARE + AUTHOR + FORM), CLUTTER)
    assert found.text == CLEAN
    assert (found.title, found.publisher, found.language) == (TITLE, "Northern Post", "en")
    assert found.published is None


def test_clutter_in_plain_paragraphs_goes_too():
    above = "<p>Prison_raid_north</p><p>Share:</p>"
    below = "<p>author</p><p>Nora is a young writer passionate about her town.</p><p>Tweet</p>"
    assert clean_html(page(above=above, below=below), CLUTTER).text == CLEAN


LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": '
    '"2020-01-01"}, {"@type": ["NewsArticle"], "datePublished": "2024-05-12T06:30:00+03:00"}]}'
    "</script>"
)
BROKEN = '<script type="application/ld+json">{"datePublished": </script>'
META = "<meta property='article:published_time' content='2024-05-11T22:00:00-05:00'>"
PLAIN_META = "<meta name='date' content='2024-05-10'>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (LINKED + META, "2024-05-12T06:30:00+03:00"),
        (META + BROKEN, "2024-05-11T22:00:00-05:00"),
        (PLAIN_META, "2024-05-10"),
        (PLAIN_META + META, "2024-05-11T22:00:00-05:00"),
        ("", None),
        ("<meta property='article:published_time' content='yesterday'>", None),
        ('<script type="application/ld+json">"just words"</script>', None),
        ('<script type="application/ld+json">[1, {"@graph": [null, 2]}]</script>', None),
    ],
)
def test_the_date_is_the_pages_own_with_its_offset(head: str, expected: str | None):
    assert clean_html(page(head), CLUTTER).published == expected


def test_a_page_title_that_ends_in_the_publisher_is_cut_to_the_headline():
    markup = page().replace(f"<h1>{TITLE}</h1>", "")
    found = clean_html(markup, CLUTTER)
    assert found.title == TITLE
    assert found.text == CLEAN


def test_the_url_given_wins_over_the_one_in_the_page():
    head = "<link rel='canonical' href='https://post.example/raid'>"
    assert clean_html(page(head), CLUTTER).url == "https://post.example/raid"
    given = clean_html(page(head), CLUTTER, "https://post.example/amp/raid")
    assert given.url == "https://post.example/amp/raid"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("", "no report text"),
        ("<html><body></body></html>", "no report text"),
        ("<html><body><nav>Home</nav></body></html>", "no report text"),
        ("<div>" * 300 + LEAD, "nested more than"),
        ("<p>x</p>" * 41_000, "elements"),
    ],
)
def test_a_page_without_a_report_is_refused(markup: str, reason: str):
    with pytest.raises(SourceError, match=reason):
        clean_html(markup, CLUTTER)


def test_a_page_declared_in_xml_is_read():
    markup = "<?xml version='1.0' encoding='utf-8'?>" + page().replace("<!doctype html>", "")
    assert clean_html(markup, CLUTTER).text == CLEAN
