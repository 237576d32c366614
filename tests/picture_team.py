"""The pictures of what the team does besides one card, for docs/using.md."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Page

from tests.stage import until

_STORM = "boycott them, they never gave the piano back to the school"


class Screens:
    """Takes pictures in one practice room, as Maya."""

    def __init__(self, browser: Browser, page_url: str, control: str, folder: Path) -> None:
        self._browser, self._url, self._control, self._folder = browser, page_url, control, folder
        self.maya = requests.get(f"{control}/members", timeout=5).json()[0]["id"]

    def take_all(self) -> None:
        """Take every picture; what one does stays for the next."""
        self._pile()
        for scheme in ("light", "dark"):
            self._stats(scheme)
        self._thread()
        self._questions()
        self._summary()
        self._home()
        self._person()

    def _do(self, path: str, **body: Any) -> Any:
        return requests.post(f"{self._control}/{path}", json=body, timeout=20).json()

    def _messages(self) -> list[dict[str, Any]]:
        return list(requests.get(f"{self._control}/messages", timeout=5).json())

    def _command(self, text: str) -> None:
        self._do("command", command="/greenroom", text=text, member=self.maya)

    def _said(self, words: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            return next((m for m in reversed(self._messages()) if words in m["text"]), None)

        return until(look, f"a message says “{words}”", 40)

    @contextmanager
    def _page(self, name: str, *, height: int = 1000, scheme: str = "light") -> Iterator[Page]:
        self._close_windows()
        page = self._browser.new_page(
            viewport={"width": 1440, "height": height},
            device_scale_factor=1.2,
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page.goto(self._url)
        page.locator("body[data-ready=yes]").wait_for()
        yield page
        page.wait_for_timeout(700)
        page.screenshot(path=self._folder / f"{name}.png")
        page.close()

    def _close_windows(self) -> None:
        for view in requests.get(f"{self._control}/views", timeout=5).json():
            if view["type"] == "modal" and view["member"] == self.maya:
                self._do("close", view_id=view["view_id"], member=self.maya)

    def _pile(self) -> None:
        account = requests.get(f"{self._control}/state", timeout=5).json()["account"]["handle"]
        for number in range(34):
            words = f"@{account} {_STORM}{'!' * (number % 3)}"
            self._do("posts", author=f"neighbour{number}", text=words)
        self._said("A pile-on: 34 people")
        with self._page("pile"):
            pass

    def _stats(self, scheme: str) -> None:
        if scheme == "light":
            self._command("stats 30d")
            self._said("the last 30 days")
        name = "stats" if scheme == "light" else "stats-dark"
        with self._page(name, height=1500, scheme=scheme) as page:
            page.get_by_test_id("tab-direct").click()
            page.locator("figure.chart svg").first.wait_for()

    def _thread(self) -> None:
        self._do(
            "posts", author="pilar_rows", text=self._at("I make espresso at home. open Sunday?")
        )
        card = self._said("I make espresso at home")
        for words in ("warmer, and ask what beans they use", "say that we open at 7 on Sundays"):
            before = len(self._messages())
            self._do("say", text=words, thread_ts=card["ts"], member=self.maya)
            until(lambda before=before: len(self._messages()) >= before + 2, "an answer")  # type: ignore[misc]
        with self._page("thread") as page:
            shown = page.locator(f"[data-testid=message][data-ts='{card['ts']}']")
            shown.get_by_test_id("replies").click()
            page.get_by_text("Keep as a fact").wait_for()

    def _questions(self) -> None:
        for words in ("what did people say about the dog this week?", "who did we forget?"):
            before = len(self._messages())
            self._do("say", text=words, channel="dm", member=self.maya)
            until(lambda before=before: len(self._messages()) >= before + 2, "an answer")  # type: ignore[misc]
        with self._page("questions", height=1500) as page:
            page.get_by_test_id("tab-direct").click()
            page.get_by_text("for us.").last.wait_for()

    def _summary(self) -> None:
        self._command("today public")
        until(lambda: [m for m in self._messages() if "One thing to do" in str(m["blocks"])], "it")
        with self._page("summary", height=1300):
            pass

    def _home(self) -> None:
        with self._page("home", height=1500) as page:
            page.get_by_test_id("tab-home").click()
            page.get_by_text("How the services are").wait_for()
        with self._page("settings", height=1100) as page:
            page.get_by_test_id("tab-home").click()
            page.get_by_role("button", name="Settings", exact=True).click()
            page.get_by_test_id("modal").wait_for()

    def _person(self) -> None:
        with self._page("person", height=1200) as page:
            self._command("people @nell_onabike")
            page.get_by_text("What we said to each other").wait_for()
        with self._page("people") as page:
            self._command("people")
            page.get_by_text("New faces").last.wait_for()

    def _at(self, words: str) -> str:
        state = requests.get(f"{self._control}/state", timeout=5).json()
        return f"@{state['account']['handle']} {words}"
