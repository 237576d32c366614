"""Make the pictures of README and docs anew: `python -m tests.picture`, in the practice room."""

import json
import re
import subprocess
import sys
from pathlib import Path

import requests
from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS, installed_browser
from tests.picture_team import Screens
from tests.stage import until

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
_QUESTION = (
    "@juniperstcoffee hello! may a slightly wet dog come in on Sunday, and what time do you open?"
)


def main() -> None:
    """Open the demo, approve one reply as Maya, and photograph the page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    demo = subprocess.Popen(
        [sys.executable, "bot.py", "demo", "--headless"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert demo.stdout is not None
        room = json.loads(demo.stdout.readline())
        _act(room["control"])
        _photograph(room["page"], room["control"])
    finally:
        demo.terminate()
        demo.wait(20)


def _act(control: str) -> None:
    def messages() -> list[dict[str, object]]:
        return list(requests.get(f"{control}/messages", timeout=5).json())

    def open_cards() -> list[dict[str, object]]:
        return [m for m in messages() if '"approve"' in json.dumps(m["blocks"])]

    maya = requests.get(f"{control}/members", timeout=5).json()[0]["id"]
    until(lambda: len(open_cards()) >= 4, "the first cards are there", 40)
    press = {"ts": open_cards()[-1]["ts"], "text": "Approve", "member": maya}
    requests.post(f"{control}/click", json=press, timeout=10)
    until(lambda: [m for m in messages() if "On X now" in str(m["text"])], "a reply is sent", 40)
    before = len(open_cards())
    post = {"author": "pilar_rows", "text": _QUESTION}
    requests.post(f"{control}/posts", json=post, timeout=10)
    until(lambda: len(open_cards()) > before, "the question's card is there", 20)


def _photograph(page_url: str, control: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=ARGUMENTS)
        for name, width, height in (("practice-room", 1440, 900), ("phone", 390, 844)):
            page = browser.new_page(
                viewport={"width": width, "height": height}, device_scale_factor=1.5
            )
            page.goto(page_url)
            page.locator("body[data-ready=yes]").wait_for()
            page.wait_for_timeout(400)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, device_scale_factor=1.2)
        page.goto(page_url)
        page.locator("body[data-ready=yes]").wait_for()
        page.get_by_text(re.compile(r"\d+ repl")).last.click()
        page.wait_for_timeout(600)
        page.screenshot(path=PICTURES / "set-aside.png")
        maya = requests.get(f"{control}/members", timeout=5).json()[0]["id"]
        asked = {"command": "/greenroom", "text": "voice", "member": maya}
        requests.post(f"{control}/command", json=asked, timeout=10)
        page.get_by_role("button", name="From our past replies").last.wait_for()
        page.get_by_role("button", name="Edit", exact=True).last.click()
        page.get_by_text("Facts we may state").last.wait_for()
        page.wait_for_timeout(600)
        page.screenshot(path=PICTURES / "voice.png")
        Screens(browser, page_url, control, PICTURES).take_all()
        browser.close()


if __name__ == "__main__":
    main()
