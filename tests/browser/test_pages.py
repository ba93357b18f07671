"""What must hold on every page: anybody can read it, on any screen, and nothing foreign runs."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NAMED = {
    "explore": "/",
    "reports": "/reports",
    "review": "/review",
    "actors": "/actors",
    "tallies": "/tallies",
    "incident": "/incidents/{incident}",
    "report": "/reports/{report}",
}
RUN_AXE = """axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.map(node => node.target + ' ' + node.failureSummary)}`))"""


@pytest.fixture(scope="module")
def known(ask: Callable[[str], Any]) -> dict[str, str]:
    """Ids of an incident and of a report to look at."""
    best = ask("/api/incidents?sort=-sources&limit=1")["items"][0]
    one = ask(f"/api/incidents/{best['id']}")
    return {"incident": one["incident"], "report": one["reports"][0]}


@pytest.fixture(scope="module")
def hostile(ask: Callable[[str], Any]) -> str:
    """The incident that only the hostile report tells."""
    return ask("/api/incidents?from=2021-07-12&to=2021-07-12")["items"][0]["id"]


@pytest.mark.parametrize("name", NAMED)
def test_axe_finds_nothing_serious_in_light_and_dark(visiting, known, name):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make web")
    # axe is put into the page as a script, which the page's own policy would refuse.
    page = visiting(bypass_csp=True).open(NAMED[name].format(**known))
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN_AXE) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("name", NAMED)
def test_a_page_fits_a_narrow_screen_and_has_a_title_and_one_heading(visiting, known, name):
    page = visiting(viewport={"width": 360, "height": 640}).open(NAMED[name].format(**known))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page).to_have_title(re.compile(r". – dateline$"))
    expect(page.locator("h1")).to_have_count(1)


def test_every_answer_carries_a_policy_that_runs_nothing_foreign(visit):
    for path in ("/", "/reports", "/api/meta", "/api/nowhere"):
        answer = visit.context.request.get(visit.server + path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/?from=2021-07-12", "/reports", "/reports/hostile", "incident"])
def test_what_a_hostile_page_says_is_shown_and_never_run(visit, hostile, path):
    page = visit.open(f"/incidents/{hostile}" if path == "incident" else path)
    page.get_by_text(re.compile(r"Evil Wire|Balad")).first.wait_for(state="attached")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert page.evaluate("window.pwned") is None
    assert (
        page.locator("main script, main img, main svg image, main [onload], main [onerror]").count()
        == 0
    )
    assert page.locator("a[href^='javascript']").count() == 0


def test_characters_that_reorder_text_are_named(visit):
    page = visit.open("/reports/hostile")
    expect(page.locator("main")).to_contain_text("U+202E")
    assert "\u202e" not in page.locator("main").inner_text()


def test_claims_name_terms_as_the_codebook_does(visit, ask):
    weapons = {term["id"]: term["label"] for term in ask("/api/codebook")["weapons"]}
    assert weapons["car_bomb"] == "vehicle bomb"
    (card,) = ask("/api/incidents?weapon=car_bomb&background=1")["items"]
    (report,) = ask(f"/api/incidents/{card['id']}")["reports"]
    for path in (f"/incidents/{card['id']}", f"/reports/{report}"):
        page = visit.open(path)
        values = page.locator("table.claims td").get_by_text("vehicle bomb", exact=True)
        expect(values.first).to_be_visible()
        expect(page.locator(".text [title*='vehicle bomb']").first).to_be_attached()
        assert "car_bomb" not in page.content()


def test_an_incident_is_told_without_ids_and_bare_codes(visit, known):
    page = visit.open(NAMED["incident"].format(**known))
    page.get_by_role("heading", name="History").click()
    history = page.locator("details").filter(has=page.get_by_role("heading", name="History"))
    expect(history).to_contain_text("are one incident")
    expect(history).not_to_contain_text(re.compile(r"\be_[0-9a-f]{16}\b"))
    expect(page.get_by_text(re.compile(r"GTD: \d [A-Z]"))).to_be_visible()


def test_a_phone_shows_names_whole_and_who_says_so_without_a_sideways_scroll(visiting, known):
    visit = visiting(viewport={"width": 360, "height": 640})
    names = visit.open("/actors").locator("tbody th")
    expect(names.first).to_be_visible()
    assert names.first.bounding_box()["width"] > 50
    said = visit.open(NAMED["report"].format(**known)).locator("td[data-label='who says so']")
    expect(said.first).to_be_visible()
    box = said.first.bounding_box()
    assert box["x"] + box["width"] <= 360


def test_an_unknown_incident_says_so(visit):
    visit.expected = ("404",)
    page = visit.open("/incidents/i_nothing")
    expect(page.get_by_role("alert").first).to_be_visible()


def test_a_wrong_address_leads_back_to_the_map(visit):
    visit.expected = ("404",)
    page = visit.open("/nowhere")
    expect(page).to_have_title("No such page – dateline")
    page.get_by_role("link", name="Go to the map of all incidents.").click()
    expect(page).to_have_title("Explore – dateline")


def test_a_new_page_takes_the_focus_and_the_title(visit):
    page = visit.open()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Reports").click()
    expect(page).to_have_title("Reports – dateline")
    expect(page.locator("main")).to_be_focused()
    expect(page.get_by_role("link", name="Reports").first).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("name", ["explore", "incident", "review"])
def test_the_pictures_of_the_documentation_can_be_taken(visiting, known, name, tmp_path):
    folder = Path(os.environ.get("DATELINE_SCREENSHOTS", tmp_path))
    page = visiting(webgl=True, viewport={"width": 1360, "height": 850}).open(
        NAMED[name].format(**known)
    )
    if name != "review":
        page.wait_for_selector("[data-drawn]:not([data-drawn='0'])")
    page.wait_for_load_state("networkidle")
    if "DATELINE_SCREENSHOTS" in os.environ:
        page.wait_for_timeout(5000)  # the names of towns come when all else has been drawn
    picture = folder / f"{name}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
