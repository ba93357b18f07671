"""Exploring the record: map, timeline, list and filters move together, and the address knows."""

import re
from typing import Any

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect


def incidents(page: Any) -> Any:
    return page.get_by_role("region", name="List of incidents").get_by_role("listitem")


def total(page: Any) -> Any:
    return page.locator(".bar .total")


def drawn_map(page: Any) -> Any:
    """Wait until the map has drawn its marks; gives it."""
    page.wait_for_selector(".frame[data-drawn]:not([data-drawn='0'])")
    return page.locator(".frame[data-drawn]")


def test_the_first_look_shows_all_incidents_as_map_timeline_and_list(visit_with_map):
    page = visit_with_map.open()
    expect(page).to_have_title("Explore – dateline")
    expect(total(page)).to_have_text(re.compile(r"1\d incidents"))
    assert incidents(page).count() == int(re.sub(r"\D", "", total(page).inner_text()))
    assert page.locator(".time svg .bar").count() > 5
    assert int(drawn_map(page).get_attribute("data-drawn")) >= 3


def test_a_filter_goes_to_the_address_and_back_takes_it_off(visit):
    page = visit.open()
    before = incidents(page).count()
    page.get_by_role("checkbox", name=re.compile(r"^Syria")).check()
    expect(page).to_have_url(re.compile(r"country=SY"))
    expect(total(page)).not_to_have_text(f"{before} incidents")
    after = int(re.sub(r"\D", "", total(page).inner_text()))
    assert 0 < after < before
    expect(incidents(page)).to_have_count(after)
    page.go_back()
    expect(page).not_to_have_url(re.compile(r"country=SY"))
    expect(incidents(page)).to_have_count(before)
    expect(page.get_by_role("checkbox", name=re.compile(r"^Syria"))).not_to_be_checked()


def test_an_address_with_filters_can_be_shared(visit):
    page = visit.open("/?country=SY&killed_max=3")
    chips = page.get_by_role("list", name="Filters that hold")
    expect(chips.get_by_role("button")).to_have_count(3)
    expect(chips).to_contain_text("Syria")
    chips.get_by_role("button", name="Clear all").click()
    expect(page).not_to_have_url(re.compile("country"))


def test_a_search_is_one_step_back(visit):
    page = visit.open()
    before = incidents(page).count()
    page.get_by_label("Search").press_sequentially("embassy", delay=20)
    expect(page).to_have_url(re.compile(r"q=embassy"))
    expect(incidents(page).first).to_contain_text(re.compile("embassy", re.IGNORECASE))
    assert incidents(page).count() < before
    page.go_back()
    expect(page).not_to_have_url(re.compile(r"q="))
    expect(page.get_by_label("Search")).to_have_value("")


def test_filters_that_nothing_passes_say_what_to_do_next(visit):
    page = visit.open("/?q=nosuchplace")
    empty = page.get_by_role("region", name="List of incidents")
    expect(empty).to_contain_text("No incident passes these filters")
    empty.get_by_role("button", name="Clear all filters").click()
    expect(incidents(page).first).to_be_visible()


def test_a_filter_that_the_server_does_not_know_is_named(visit):
    visit.expected = ("422",)
    page = visit.open("/?country=Atlantis")
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("country")
    expect(alert).to_contain_text("Atlantis")


def test_dragging_over_the_bars_chooses_days(visit):
    page = visit.open()
    before = incidents(page).count()
    box = page.locator(".time svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=2021-06-\d\d&to=2021-07-\d\d"))
    expect(total(page)).not_to_have_text(f"{before} incidents")
    page.get_by_role("button", name="All days").click()
    expect(incidents(page)).to_have_count(before)


def test_the_sliders_choose_days_with_the_arrow_keys(visit):
    page = visit.open()
    slider = page.get_by_role("slider", name="First day")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"from=2021-06-12"))
    expect(slider).to_have_attribute("aria-valuetext", "12 Jun 2021")


def click_on_the_middle(page: Any) -> None:
    box = drawn_map(page).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_mark_on_the_map_opens_its_card(visit_with_map, ask):
    mark = next(one for one in ask("/api/incidents/map?zoom=10")["marks"] if one["id"])
    page = visit_with_map.open(f"/?map=10/{mark['lat']}/{mark['lon']}")
    click_on_the_middle(page)
    expect(page.locator(".chosen").first).to_contain_text(mark["headline"])
    page.get_by_role("link", name="Open this incident").click()
    expect(page).to_have_url(re.compile(f"/incidents/{mark['id']}"))


def test_a_mark_of_several_incidents_at_one_place_lists_them(visit_with_map, ask):
    (mark,) = ask("/api/incidents/map?q=Omar&zoom=11")["marks"]
    assert mark["count"] > 1
    page = visit_with_map.open(f"/?map=11/{mark['lat']}/{mark['lon']}")
    click_on_the_middle(page)
    expect(page).to_have_url(re.compile(r"bbox="))
    expect(total(page)).to_have_text(f"{mark['count']} incidents")


def test_the_list_can_keep_to_what_the_map_shows(visit_with_map):
    page = visit_with_map.open("/?map=9/36.19/44.01")  # Erbil and its surroundings
    before = total(page).inner_text()
    drawn_map(page)
    page.get_by_label("Only what the map shows").check()
    expect(page).to_have_url(re.compile(r"bbox="))
    expect(total(page)).not_to_have_text(before)
    page.get_by_role("button", name="Show all on the map").click()
    expect(total(page)).to_have_text(before)


def test_the_keyboard_alone_reaches_a_filter_and_an_incident(visit):
    page = visit.open()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search")).to_be_focused()
    box = page.get_by_role("checkbox", name=re.compile(r"^Iraq"))
    for _ in range(25):
        if box.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"country=IQ"))
    link = incidents(page).first.get_by_role("link").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/incidents/i_"))
    expect(page.locator("main")).to_be_focused()


def test_the_download_holds_the_same_filters(visit):
    page = visit.open("/?country=SY")
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV table").click()
    rows = waiting.value.path().read_text(encoding="utf-8").strip().splitlines()
    shown = int(re.sub(r"\D", "", total(page).inner_text()))
    assert len(rows) == shown + 1


def test_a_browser_without_webgl_counts_by_country(visit):
    page = visit.open()
    page.get_by_role("button", name=re.compile(r"^Syria \d")).click()
    expect(page).to_have_url(re.compile(r"country=SY"))
    expect(incidents(page).first).to_contain_text("Syria")


def test_a_phone_shows_filters_in_a_drawer(visiting):
    page = visiting(viewport={"width": 360, "height": 700}, has_touch=True).open()
    expect(page.get_by_label("Search")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    drawer = page.get_by_role("dialog", name="Filters")
    drawer.get_by_role("checkbox", name=re.compile(r"^Syria")).check()
    drawer.get_by_role("button", name=re.compile(r"^Show \d+ incident")).click()
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("list", name="Filters that hold")).to_contain_text("Syria")


def test_a_theme_is_kept(visit):
    page = visit.open()
    light = page.locator("body").evaluate(
        "it => getComputedStyle(it.parentElement).backgroundColor"
    )
    page.get_by_label("Theme").select_option("dark")
    page.reload()
    dark = page.locator("body").evaluate("it => getComputedStyle(it.parentElement).backgroundColor")
    assert light != dark
