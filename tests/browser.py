"""A real browser for tests of pages: the system's Chromium or Chrome, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserType, Error, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# A browser for tests asks nobody for updates and needs neither sandbox nor graphics card.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DOWNLOAD_SECONDS = 90
#: How long the page may take to show what a test waits for: a limit for failure, not a pace.
PATIENCE_SECONDS = 60


def installed_browser() -> str | None:
    """Find the system's Chromium or Chrome."""
    found = (shutil.which(name) for name in NAMES)
    places = (place for place in MAC_PLACES if Path(place).exists())
    return next((path for path in found if path), None) or next(places, None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open one headless browser for all tests; without any the test is skipped, in CI it fails."""
    with sync_playwright() as playwright:
        opened = _open(playwright.chromium)
        expect.set_options(timeout=PATIENCE_SECONDS * 1000)
        yield opened
        opened.close()


def _open(chromium: BrowserType) -> Browser:
    path = installed_browser()
    try:
        return chromium.launch(executable_path=path, args=ARGUMENTS)
    except Error as error:
        if path is not None:
            _give_up(f"{path} does not start: {error.message.splitlines()[0]}")
    _download()
    try:
        return chromium.launch(args=ARGUMENTS)
    except Error as error:
        _give_up(f"Playwright's own Chromium does not start: {error.message.splitlines()[0]}")


def _download() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=DOWNLOAD_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        _give_up(f"no Chromium or Chrome is installed and downloading one failed: {error}")


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"The page must be tested in CI, but {reason}")
    pytest.skip(f"No browser for this test: {reason}")
