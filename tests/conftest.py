"""What all tests share: one browser for those that open a page."""

from tests.browser import browser

__all__ = ["browser"]
