"""The practice room's page in a real browser, with a true Bolt app behind it."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from sandbox.room import PAGE, PracticeRoom
from sandbox.story.story import Story, load_story
from tests.page_app import FEATURES, HOSTILE, PageApp, card_blocks, plain
from tests.practice_slack import connected, wait_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def story() -> Story:
    return load_story("juniper")


@pytest.fixture
def app(story: Story) -> Iterator[PageApp]:
    with PracticeRoom(story=story) as room:
        made = PageApp(room)
        with connected(room, made.app):
            yield made


@pytest.fixture
def page(browser: Browser, app: PageApp) -> Iterator[Page]:
    """The page as it is when everything was read once; an error in its scripts fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("dialog", lambda dialog: _noted(dialog, faults))
    _enter(opened, app)
    yield opened
    context.close()
    assert faults == []


def _noted(dialog: Dialog, faults: list[str]) -> None:
    faults.append(f"a dialog said {dialog.message!r}")
    dialog.dismiss()


def _enter(page: Page, app: PageApp) -> None:
    page.goto(app.room.page_url)
    page.locator("body[data-ready=yes]").wait_for()


def test_hostile_words_stay_words(page: Page, app: PageApp) -> None:
    """Markup in posts, names, cards and messages is shown as it was written and never runs."""
    room = app.room
    room.x.add_person("mallory", "<b onclick=alert(1)>Mal</b>")
    post = room.x.add_post("mallory", f"@juniperstcoffee {HOSTILE} javascript:alert(1)")
    ts = app.card(HOSTILE)
    shown = page.locator(f"[data-testid=x-post][data-id='{post.id}']")
    expect(shown).to_contain_text(HOSTILE)
    expect(shown).to_contain_text("<b onclick=alert(1)>Mal</b>")
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    expect(card).to_contain_text(HOSTILE)
    app.client.chat_postMessage(
        channel=room.channel_id,
        text='<javascript:alert(1)|press> &lt;!channel&gt; <https://a.test/"onx=1|fine>',
    )
    last = page.get_by_test_id("message").last
    expect(last).to_contain_text("<!channel>")
    assert last.locator("a").count() == 1
    assert page.locator("[onerror], [onclick], [onx], img[src=x], a[href^=javascript]").count() == 0
    assert card.locator(".mention, strong").count() == 1, "only the app's own name is bold"


def test_a_click_reaches_the_app_and_the_answer_is_seen(page: Page, app: PageApp) -> None:
    """Approve goes out once in the acting member's name; the app's update shows by itself."""
    ts = app.card("Are you open on Sunday?")
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    card.get_by_role("button", name="Approve").click()
    expect(card).to_contain_text("Approved by a person.")
    [(member, action)] = app.said("approve")
    assert member == app.room.members[0].id
    assert action["value"] == "first"


def test_a_menu_and_a_question_before_a_press(page: Page, app: PageApp) -> None:
    """The overflow menu sends the option chosen by keyboard; a refused question sends nothing."""
    ts = app.card("Hello?")
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    card.get_by_role("button", name="More actions").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for(lambda: app.said("more"), "the menu's choice arrives")
    assert app.said("more")[0][1]["selected_option"]["value"] == "mute"
    card.get_by_role("button", name="Skip").click()
    page.keyboard.press("Escape")
    card.get_by_role("button", name="Skip").click()
    page.get_by_test_id("confirm").get_by_role("button", name="Skip it").click()
    wait_for(lambda: app.said("skip"), "the skip arrives")
    assert len(app.said("skip")) == 1


def test_a_modal_keeps_what_is_typed_and_shows_errors(page: Page, app: PageApp) -> None:
    """Empty and refused texts are marked under their input; updates while typing lose nothing."""
    app.card("Any oat milk?")
    page.get_by_role("button", name="Edit…").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_role("button", name="Save").click()
    expect(modal.get_by_role("alert")).to_have_text("Please complete this required field.")
    field = modal.get_by_label("Reply")
    field.press_sequentially("Same price, please", delay=20)
    expect(modal).to_contain_text("Heard: Same price, please")
    expect(field).to_have_value("Same price, please")
    expect(field).to_be_focused()
    modal.get_by_role("button", name="Save").click()
    expect(modal.get_by_role("alert")).to_have_text("No begging.")
    field.fill("Same price as cow.")
    modal.get_by_label("Tone").select_option("dry")
    modal.get_by_role("button", name="Save").click()
    expect(modal).to_have_count(0)
    [values] = app.said("saved")
    assert values["reply"]["words"]["value"] == "Same price as cow."
    assert values["tone"]["tone"]["selected_option"]["value"] == "dry"


def test_escape_closes_a_modal_and_the_app_hears_of_it(page: Page, app: PageApp) -> None:
    """Esc does what Slack's Close does."""
    app.card("Hello?")
    page.get_by_role("button", name="Edit…").click()
    page.get_by_test_id("modal").get_by_label("Reply").press("Escape")
    expect(page.get_by_test_id("modal")).to_have_count(0)
    wait_for(lambda: app.said("closed"), "the app hears of it")


def test_a_thread_a_command_and_private_words(page: Page, app: PageApp) -> None:
    """Messages go into the thread, slash commands to the app, its answer to one member only."""
    ts = app.card("Hello?")
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    card.hover()
    card.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_test_id("thread")
    thread.get_by_label("Write a message").fill("shorter & drier")
    page.keyboard.press("Enter")
    expect(thread.get_by_test_id("message").last).to_contain_text("shorter & drier")
    wait_for(lambda: any(e.get("thread_ts") == ts for e in app.said("message")), "the reply")
    expect(card.get_by_test_id("replies")).to_contain_text("1 reply")
    composer = page.locator("#composer").get_by_label("Write a message")
    composer.fill("/greenroom voice on")
    composer.press("Enter")
    private = page.get_by_test_id("message").filter(has_text="You said: voice on")
    expect(private).to_contain_text("Only visible to you")
    page.get_by_test_id("acting-as").select_option(app.room.members[1].id)
    expect(private).to_have_count(0)


def test_a_suggested_question_is_asked_and_words_are_typed_directly(
    page: Page, app: PageApp
) -> None:
    """The direct tab offers the app's prompts; both ways the app hears a direct message."""
    prompts = page.get_by_test_id("prompts")
    app.room.slack_features = FEATURES
    page.get_by_test_id("tab-direct").click()
    expect(prompts.get_by_role("button")).to_have_text(["Who waits?", "The week"])
    prompts.get_by_role("button", name="Who waits?").click()
    feed = page.get_by_test_id("channel")
    expect(feed.get_by_test_id("message").last).to_contain_text("Who still waits for us?")
    composer = page.locator("#composer").get_by_label("Write a message")
    composer.fill("and who came back?")
    composer.press("Enter")
    wait_for(lambda: len(app.said("message")) == 2, "both arrive")
    heard = [(e["channel_type"], e["text"]) for e in app.said("message")]
    assert heard == [("im", "Who still waits for us?"), ("im", "and who came back?")]
    page.get_by_test_id("tab-channel").click()
    expect(prompts).to_be_hidden()
    expect(feed.get_by_text("and who came back?")).to_have_count(0)


def test_shortcuts_are_chosen_from_the_composer_and_from_a_message(
    page: Page, app: PageApp
) -> None:
    """The app hears which shortcut, and on which message; without shortcuts no menu is shown."""
    ts = app.card("Hello?")
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    card.hover()
    expect(card.get_by_role("button", name="More message actions")).to_have_count(0)
    lightning = page.locator("#composer").get_by_role("button", name="Shortcuts")
    expect(lightning).to_be_hidden()
    app.room.slack_features = FEATURES
    lightning.click()
    page.get_by_role("menuitem", name="Bring a link").click()
    wait_for(lambda: app.said("bring_link"), "the global one arrives")
    card.hover()
    card.get_by_role("button", name="More message actions").click()
    page.keyboard.press("Enter")
    wait_for(lambda: app.said("bring_message"), "the message's own arrives")
    [body] = app.said("bring_message")
    assert (body["type"], body["message"]["ts"]) == ("message_action", ts)


def test_a_status_stands_in_the_thread_until_the_app_speaks(page: Page, app: PageApp) -> None:
    """As in Slack's agent view, a status says that an answer is on its way."""
    ts = app.card("Hello?")
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    card.hover()
    card.get_by_role("button", name="Reply in thread").click()
    channel = app.room.channel_id
    app.client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="is reading…")
    status = page.get_by_test_id("thread").get_by_text("is reading…")
    expect(status).to_be_visible()
    app.client.chat_postMessage(channel=channel, thread_ts=ts, text="Here it is.")
    expect(page.get_by_test_id("thread")).to_contain_text("Here it is.")
    expect(status).to_have_count(0)


def test_a_link_into_x_opens_the_right_half_and_stays_in_the_room(page: Page, app: PageApp) -> None:
    """The by-hand lane can be practised: the reply form opens filled, and the post is ours."""
    asked = app.room.x.add_post("visitor", "Coffee in Tillory, anyone?")
    text = "We're two minutes up from the harbor."
    address = f"https://x.com/intent/tweet?in_reply_to={asked.id}&text={quote(text)}"
    app.client.chat_postMessage(
        channel=app.room.channel_id, text="By hand", blocks=card_blocks("Coffee?", address)
    )
    asked_hosts: set[str] = set()
    page.context.on(
        "request", lambda request: asked_hosts.add(urlsplit(request.url).hostname or "")
    )
    expect(page.locator(f"[data-testid=x-post][data-id='{asked.id}']")).to_be_visible()
    page.get_by_role("link", name="Open reply on X").click()
    expect(page.get_by_test_id("x-text")).to_have_value(text)
    page.get_by_test_id("x-send").click()
    ours = page.locator("[data-testid=x-post].ours").filter(has_text=text)
    expect(ours).to_contain_text("Replying to @visitor")
    wait_for(lambda: app.said("open"), "the click goes to the app too")
    assert len(page.context.pages) == 1
    assert asked_hosts <= {"127.0.0.1"}


def test_a_customer_posts_and_trouble_is_queued(page: Page, app: PageApp) -> None:
    """The form makes a post of the chosen author; the panel queues what shall go wrong."""
    page.get_by_test_id("x-author").fill("@newcomer")
    page.get_by_test_id("x-text").fill("@juniperstcoffee hello there")
    page.get_by_test_id("x-send").click()
    first = page.get_by_test_id("x-post").first
    expect(first).to_contain_text("@newcomer")
    expect(first).to_contain_text("hello there")
    page.get_by_test_id("trouble-open").click()
    page.get_by_test_id("trouble").get_by_role("button", name="Answer lost after posting").click()
    expect(page.get_by_test_id("trouble-waiting")).to_contain_text("posted but lost")
    assert [(t["where"], t["what"]) for t in app.room.trouble.waiting()] == [
        ("x", "posted_but_lost")
    ]
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_test_id("trouble-waiting")).to_contain_text("Nothing")


def test_changes_arrive_even_without_the_live_line(browser: Browser, app: PageApp) -> None:
    """Where server-sent events do not come through, the page asks every second."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/control/changes", lambda route: route.abort())
    _enter(page, app)
    post = app.room.x.add_post("visitor", "Still there?")
    expect(page.locator(f"[data-testid=x-post][data-id='{post.id}']")).to_be_visible()
    context.close()


def test_charts_and_tables_are_drawn(page: Page, app: PageApp) -> None:
    """Native charts become drawings with their figures in words; tables are tables."""
    days = ["Mon", "Tue", "Wed"]
    points = [{"label": day, "value": n} for n, day in enumerate(days, 2)]
    chart = {"type": "bar", "series": [{"name": "Answered", "data": points}]}
    cells = [
        [{"type": "raw_text", "text": word} for word in row]
        for row in (("Day", "Posts"), ("Mon", "2"))
    ]
    app.client.chat_postMessage(
        channel=app.room.channel_id,
        text="Answered: Mon 2, Tue 3, Wed 4",
        blocks=[
            {"type": "header", "text": plain("The week")},
            {
                "type": "data_visualization",
                "title": "Answered",
                "chart": {**chart, "axis_config": {"categories": days}},
            },
            {"type": "table", "rows": cells},
        ],
    )
    message = page.get_by_test_id("message").last
    drawing = message.get_by_role("img", name="Answered. Answered: Mon 2, Tue 3, Wed 4")
    expect(drawing).to_be_visible()
    assert drawing.locator("rect").count() == 3
    expect(message.get_by_role("columnheader", name="Posts")).to_be_visible()


def test_a_phone_sees_one_part_at_a_time_and_never_scrolls_sideways(
    browser: Browser, app: PageApp
) -> None:
    """At 390 pixels each tab fits, with cards, unbroken words and the trouble panel."""
    ts = app.card("Hello " + "o" * 200)
    app.room.x.add_post("visitor", "@juniperstcoffee " + "x" * 240)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    _enter(page, app)
    card = page.locator(f"[data-testid=message][data-ts='{ts}']")
    expect(card.get_by_role("button", name="Approve")).to_be_visible()
    expect(page.get_by_test_id("x")).to_be_hidden()
    tabs = page.get_by_role("navigation", name="Parts of the room")
    for tab, part in (("X", "x"), ("Trouble", "trouble"), ("Channel", "slack")):
        tabs.get_by_role("button", name=tab).click()
        expect(page.locator(f"#{part}")).to_be_visible()
        wide = page.evaluate(
            "[...document.querySelectorAll('html, body, .feed, .posts, .trouble')]"
            ".filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.id || n.tagName)"
        )
        assert wide == [], tab
    context.close()


def test_the_page_asks_nobody_else_and_writes_no_markup() -> None:
    """The content policy allows this machine alone, and no script puts text in as markup."""
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert "default-src 'self'; img-src 'self' data:" in html
    for script in PAGE.rglob("*.js"):
        code = re.sub(r"^//.*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found = re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)
        assert found is None, script.name
