"""The whole way as a person sees it: the practice page in a real browser, Greenroom behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from commands.slack_app import FEATURES
from tests.stage import Stage, open_stage, until

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


def written_by(stage: Stage, author: str) -> str:
    """Wait until a post of an author stands on X, and return its id."""

    def look() -> str | None:
        found = (p["id"] for p in stage.get("posts") if p["author"].lstrip("@") == author)
        return next(found, None)

    return until(look, f"a post by {author}")


def test_approve_on_the_page_and_see_the_reply_on_x(browser: Browser, greeted: Stage) -> None:
    """A visitor writes as a customer, approves the card, and the reply appears on the right."""
    page = entered(browser, greeted, DESK)
    page.get_by_test_id("x-author").fill("visitor")
    page.get_by_test_id("x-text").fill(f"{greeted.room.account} is the bench free on Sunday?")
    page.get_by_test_id("x-send").click()
    post = written_by(greeted, "visitor")

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
    post = greeted.mention("are beans sold by the kilo?")
    selector_ts = greeted.card_with(post, "Approve")["ts"]
    page = entered(browser, greeted, PHONE)
    card = page.locator(f"[data-testid=message][data-ts='{selector_ts}']")
    expect(card.get_by_role("button", name="Approve").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    card.get_by_role("button", name="Skip").click()
    greeted.card_with(post, "skipped")
    page.close()


def write_below(page: Page, card: str, words: str) -> None:
    """Open a card's thread and write in it."""
    frame = page.get_by_test_id("thread")
    if not frame.is_visible():
        page.locator(card).hover()
        page.locator(card).get_by_role("button", name="Reply in thread").click()
    frame.get_by_role("textbox").fill(words)
    page.keyboard.press("Enter")


def test_a_steer_typed_in_the_thread_brings_a_new_suggestion(
    browser: Browser, greeted: Stage
) -> None:
    """Somebody types below the card, sees the new text with its button, and approves that."""
    post = greeted.mention("may my dog come in, too?")
    card = card_on(greeted, post)
    page = entered(browser, greeted, DESK)
    write_below(page, card, "say that there is a water bowl by the door")
    thread = page.get_by_test_id("thread")
    expect(thread).to_contain_text("There is a water bowl by the door.")
    made = thread.get_by_test_id("message").filter(has_text="Keep as a fact")
    made.get_by_role("button", name="Approve").click()
    assert "There is a water bowl by the door." in greeted.reply_to(post)["text"]
    expect(thread).to_contain_text("Decided: the card shows how.")
    page.close()


def test_stats_are_asked_for_and_drawn(browser: Browser, greeted: Stage) -> None:
    """The command is typed, and the figures come as a direct message with a chart."""
    post = greeted.mention("do you have oat milk?")
    greeted.press(greeted.card_with(post, "Approve"), "Approve")
    greeted.reply_to(post)
    greeted.card_with(post, "replied")
    page = entered(browser, greeted, DESK)
    page.get_by_test_id("composer").first.get_by_role("textbox").fill("/greenroom stats")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("channel")).to_contain_text("Counting the last 7 days")
    page.get_by_test_id("tab-direct").click()
    figures = page.get_by_test_id("message").filter(has_text="the last 7 days").last
    expect(figures.locator("figure.chart svg").first).to_be_visible()
    expect(figures).to_contain_text("Followers")
    page.close()


def test_home_and_a_person_are_opened(browser: Browser, greeted: Stage) -> None:
    """Home shows what waits; the list of people leads to one person's page."""
    post = greeted.mention("do you have oat milk?", author="ruth")
    greeted.press(greeted.card_with(post, "Approve"), "Approve")
    greeted.card_with(post, "replied")
    waits = greeted.mention("and are you open on Sundays?", author="ruth")
    greeted.card_with(waits, "Approve")
    page = entered(browser, greeted, DESK)
    page.get_by_test_id("tab-home").click()
    expect(page.get_by_test_id("home")).to_contain_text("and are you open on Sundays?")
    page.get_by_test_id("tab-channel").click()
    page.get_by_test_id("composer").first.get_by_role("textbox").fill("/greenroom people @ruth")
    page.keyboard.press("Enter")
    window = page.get_by_test_id("modal")
    expect(window).to_contain_text("What we said to each other")
    expect(window).to_contain_text("do you have oat milk?")
    window.get_by_role("button", name="Add a note…").click()
    page.get_by_test_id("modal").last.get_by_role("textbox").fill("Likes the corner bench.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_test_id("modal")).to_contain_text("Likes the corner bench.")
    page.close()


def test_a_suggested_question_is_answered_with_the_way_to_the_card(
    browser: Browser, greeted: Stage
) -> None:
    """Who looks into the direct messages presses a question, reads the answer, opens the card."""
    greeted.room.slack_features = FEATURES
    post = greeted.mention("do you have oat milk?", author="ruth")
    card = card_on(greeted, post)
    page = entered(browser, greeted, DESK)
    page.get_by_test_id("tab-direct").click()
    page.get_by_test_id("prompts").get_by_role("button", name="Who did we forget?").click()
    said = page.get_by_test_id("message").filter(has_text="1 person waits for us.")
    expect(said).to_contain_text("do you have oat milk?")
    said.get_by_role("link", name="Open the card").click()
    expect(page.locator(card)).to_be_in_viewport()
    page.close()


def test_a_post_is_brought_by_its_link_from_the_lightning_menu(
    browser: Browser, greeted: Stage
) -> None:
    """A post that nobody caught becomes a card: shortcut, link, card."""
    greeted.room.slack_features = FEATURES
    post = greeted.post("tess", "where in Tillory is a quiet place to read?")
    page = entered(browser, greeted, DESK)
    page.locator("#composer").get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="Suggest a reply by link").click()
    window = page.get_by_test_id("modal")
    window.get_by_role("textbox").fill(f"https://x.com/tess/status/{post}")
    window.locator("button[type=submit]").click()
    expect(window).to_have_count(0)
    card = greeted.card_with(post, "Use this")
    expect(page.locator(f"[data-testid=message][data-ts='{card['ts']}']")).to_be_visible()
    page.close()
