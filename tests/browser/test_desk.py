"""What a coder changes in the browser: on a copy of the record, behind a token."""

import re
from typing import Any

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect

NEWS = (
    "GAO, Mali - A roadside bomb killed four soldiers near Gao on Monday, the army said. "
    "Nobody has claimed the attack."
)


@pytest.fixture
def signed_in(visiting: Any, desk: tuple[str, str]) -> Any:
    """Open a page as amina."""
    visit = visiting()
    visit.server, token = desk

    def open_page(path: str) -> Any:
        page = visit.open(path)
        if page.get_by_label("Token").is_visible():
            page.get_by_label("Token").fill(token)
            page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("amina")).to_be_visible()
        return page

    return open_page


def test_a_record_behind_tokens_opens_to_a_right_one_only(visiting, desk):
    visit = visiting()
    visit.server, token = desk
    visit.expected = ("401",)
    page = visit.open()
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(re.compile(r"\d+ incidents")).first).to_be_visible()


def test_a_doubt_is_settled_and_taken_back_by_key(signed_in):
    page = signed_in("/review")
    page.wait_for_selector("button.item")
    first = page.locator("button.item").first
    page.locator("h1").click()
    page.keyboard.press("r")
    expect(first.get_by_text("reviewed", exact=True)).to_be_visible()
    page.keyboard.press("u")
    expect(first.get_by_text("reviewed", exact=True)).to_have_count(0)


def test_a_correction_wins_and_stands_in_the_history(signed_in):
    page = signed_in("/")
    page.get_by_role("link", name=re.compile("Al Asad Air Base, Iraq: 3 injured")).first.click()
    page.get_by_role("button", name="correct injured").first.click()
    form = page.get_by_role("form", name=re.compile("Correct injured"))
    form.get_by_label("injured", exact=True).fill("4")
    form.get_by_role("button", name="Keep the correction").click()
    expect(form).to_have_count(0)
    expect(page.get_by_role("region", name="Claims").get_by_text("amina")).to_be_visible()
    page.get_by_role("heading", name="History").click()
    expect(page.get_by_text("correction", exact=True)).to_be_visible()


def test_a_pasted_report_is_read_before_ones_eyes(signed_in):
    page = signed_in("/reports")
    page.get_by_text("Add a report").click()
    page.get_by_label("Text of the report").fill(NEWS)
    page.get_by_label("Published", exact=True).fill("2021-08-10")
    page.get_by_role("button", name="Read and add").click()
    page.get_by_role("link", name="See it read").click()
    expect(page.locator("main")).to_contain_text("killed four soldiers")
    expect(page.get_by_role("link", name="Its incident")).to_be_visible()
