"""The whole way as a person sees it: the practice page in a real browser, Greenroom behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stage import Stage, open_stage

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def greeted(tmp_path: Path) -> Iterator[Stage]:
    with open_stage(tmp_path) as stage:
        stage.open()
        yield stage


def entered(browser: Browser, stage: Stage, size: dict[str, int]) -> Page:
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    page.goto(stage.room.page_url)
    page.locator("body[data-ready=yes]").wait_for()
    return page


def card_on(stage: Stage, post: str) -> str:
    """Return the selector of a mention's card once it can be decided on."""
    card = stage.card_with(post, "Approve")
    return f"[data-testid=message][data-ts='{card['ts']}']"


def test_approve_on_the_page_and_see_the_reply_on_x(browser: Browser, greeted: Stage) -> None:
    """A visitor writes as a customer, approves the card, and the reply appears on the right."""
    page = entered(browser, greeted, DESK)
    page.get_by_test_id("x-author").fill("visitor")
    page.get_by_test_id("x-text").fill(f"{greeted.room.account} is the bench free on Sunday?")
    page.get_by_test_id("x-send").click()
    post = next(p["id"] for p in greeted.get("posts") if p["author"].lstrip("@") == "visitor")

    card = page.locator(card_on(greeted, post))
    expect(card).to_contain_text("is the bench free on Sunday?")
    card.get_by_role("button", name="Approve").first.click()
    reply = greeted.reply_to(post)
    expect(page.locator(f"[data-testid=x-post][data-id='{reply['id']}']")).to_be_visible()
    expect(card).to_contain_text("replied")
    page.close()


def test_edit_in_the_window_and_send_ones_own_words(browser: Browser, greeted: Stage) -> None:
    """The edit window opens with the suggestion, counts, and sends what was typed."""
    post = greeted.mention("do you have oat milk?")
    page = entered(browser, greeted, DESK)
    page.locator(card_on(greeted, post)).get_by_role("button", name="Edit…").click()
    window = page.get_by_test_id("modal")
    field = window.get_by_role("textbox").first
    field.fill("We do. Same price as the cow's.")
    expect(window).to_contain_text("31 of 280")
    window.get_by_role("button", name="Approve this text").click()
    assert greeted.reply_to(post)["text"] == "We do. Same price as the cow's."
    page.close()


def test_a_card_fits_a_phone(browser: Browser, greeted: Stage) -> None:
    """At a phone's width nothing scrolls sideways and the card can be decided on."""
    post = greeted.mention("which beans would you give to somebody who only knows instant coffee?")
    selector_ts = greeted.card_with(post, "Approve")["ts"]
    page = entered(browser, greeted, PHONE)
    card = page.locator(f"[data-testid=message][data-ts='{selector_ts}']")
    expect(card.get_by_role("button", name="Approve").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    card.get_by_role("button", name="Skip").click()
    greeted.card_with(post, "skipped")
    page.close()
