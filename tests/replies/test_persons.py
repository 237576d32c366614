"""Names, handles and private things in a reply."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Person
from replies.checks.persons import name_checks, private_checks
from replies.text.wording import own_words
from tests.replies.contexts import rows

NELL = Person("1", "nellbakes", "Nell Baker")


def named(text: str, *, post: str = "hello", author: Person | None = NELL) -> list[str]:
    checks = name_checks(text, post_text=post, author=author, account_handle="copperkettle")
    return [check.name for check in checks]


@pytest.mark.parametrize(
    "text",
    [
        "Hi Sarah, yes we do.",
        "Thanks, Tom!",
        "Thanks Tom. Nice of you.",
        "Glad you liked it, Tom!",
        "Tom, that's lovely.",
        "Morning Sarah! Yes.",
        "Hey Bob - yes, both.",
    ],
)
def test_somebody_elses_name_is_minded(text: str) -> None:
    """A reply to Nell does not greet Sarah."""
    assert named(text) == ["wrong-name"]


@pytest.mark.parametrize(
    "text",
    [
        "Hi Nell, yes we do.",
        "Thanks so much, Nell!",
        "Hi there, yes.",
        "Morning! Yes.",
        "Yes, Thursdays only.",
        "Thanks, Priya will be chuffed.",
        "Sorry, Dan forgot.",
        "Made in Leeds, Yorkshire.",
        "Hey Chef!",
        "Good point, well made.",
        "Honestly, it's Dan.",
    ],
)
def test_their_own_name_and_talk_of_others_are_fine(text: str) -> None:
    """Their name, staff who did something, places and days are nobody else spoken to."""
    assert named(text) == []


@pytest.mark.parametrize(
    ("name", "handle", "called"),
    [
        ("Robert Smith", "rsmith", "Bob"),
        ("Thomas", "tt", "Tom"),
        ("☕", "annlee", "Ann"),
        ("José", "jj", "Jose"),
        ("Katherine", "kk", "Kate"),
    ],
)
def test_short_forms_are_their_names(name: str, handle: str, called: str) -> None:
    """Bob is Robert, José is Jose, and a handle may hold the name."""
    assert named(f"Hi {called}, yes.", author=Person("1", handle, name)) == []


def test_a_name_in_the_post_may_be_used() -> None:
    """Who writes of Tom may be answered about Tom; an unknown author is not judged."""
    assert named("Thanks, Tom!", post="Tom and I loved it") == []
    assert named("Thanks, Tom!", author=None) == []


def test_handles_with_a_slip_are_minded() -> None:
    """A letter too many in a handle speaks to a stranger; our own handle to nobody."""
    assert named("@nellbakess yes") == ["wrong-handle"]
    assert named("We're @copperketle") == ["wrong-handle"]
    assert named("Follow @copperkettle for more") == ["own-handle"]
    assert named("@nellbakes yes") == []
    assert named("@someoneelse yes") == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Write to nell.baker@example.com", "nell.baker"),
        ("Ring Nell on 07700 900123", "07700 900"),
        ("It's (0113) 496-0000", "496"),
        ("+44 20 7946 0958 is hers", "7946"),
        ("call 555-1234", "555"),
        ("Your order number is AB12345", "AB12"),
        ("Order #48213 is on its way", "482"),
        ("The card 4111 1111 1111 1111 was charged", "4111"),
        ("GB29 NWBK 6016 1331 9268 19 it is", "NWBK"),
        ("Booking ref: X7Y8Z999", "X7Y8"),
        ("Off to your address 12 High Street, Leeds LS1 4AP", "High"),
    ],
)
def test_private_things_are_minded_and_not_repeated(text: str, secret: str) -> None:
    """What belongs to one person is not for all to read, the reason included."""
    (check,) = private_checks(text)
    assert check.name == "private"
    assert secret not in check.why


@pytest.mark.parametrize(
    "text",
    [
        "We open 9 to 4, 7 days a week.",
        "12/05/2026 to 13/05/2026",
        "It's £1,200,000, as if.",
        "2019, 2020, 2021 and 2022 were odd.",
        "ISBN 9781402894626",
        "Order by 5pm for tomorrow.",
        "Your order was lovely.",
        "We're at 12 High Street, Leeds LS1 4AP.",
    ],
)
def test_public_figures_are_not_private(text: str) -> None:
    """Hours, dates, prices, books and the business's own address are for all to know."""
    assert list(private_checks(text)) == []


def test_what_the_facts_hold_is_public() -> None:
    """The business's own phone may be given, however it is spaced."""
    text = "Ring us on 0113 496 0000"
    assert list(private_checks(text))
    assert list(private_checks(text, ["phone: 01134960000"])) == []


@pytest.mark.parametrize("name", ["replies_human", "replies_good"])
def test_real_replies_raise_no_false_alarm(name: str) -> None:
    """Not one of the human replies holds anything private or a slip in a handle."""
    for row in rows(name):
        own = own_words(row["reply"])
        assert list(private_checks(own)) == [], row["id"]
        assert named(own, post=row["mention"], author=None) == [], row["id"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_can_be_judged(text: str, name: str) -> None:
    """Nothing a person or a model writes breaks these checks."""
    named(text, author=Person("1", "x", name))
    list(private_checks(text, [name]))
