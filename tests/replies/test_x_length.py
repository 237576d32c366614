"""What X sees as an address and how long a text is for it, where its own cases say nothing.

The expected values are those of twitter-text, configuration 3.
"""

import time

import pytest

from replies.checks import holds_link, weighted_length
from replies.checks.x_length import addresses

ADDRESSES: dict[str, tuple[list[str], int]] = {
    "see example.com.": (["example.com"], 28),
    "HTTPS://Example.COM/A?b=c.": (["HTTPS://Example.COM/A?b=c"], 24),
    "“see a.co.uk”": (["a.co.uk"], 29),
    "a.com…b.de": (["a.com", "b.de"], 48),
    "日本語example.comこれ": (["example.com"], 33),
    "。example.com": (["example.com"], 25),
    "http://例子.公司/あ": (["http://例子.公司/"], 25),
    "xn--80ak6aa92e.com/a_(b)": (["xn--80ak6aa92e.com/a_(b)"], 23),
    "“example.com/a;b”,": (["example.com/a;b"], 26),
    "https://example.com/a;(b).": (["https://example.com/a"], 28),
    # Of a bare name the port and a question without a path are words.
    "example.com:8080": (["example.com"], 28),
    "example.com?x=1": (["example.com"], 27),
    "example.com/?x=1": (["example.com/?x=1"], 23),
    # What X shortened itself ends with its own short name.
    "https://t.co/abc/def": (["https://t.co/abc"], 27),
    f"https://t.co/{'a' * 41}": ([], 54),
    # Signs before a name, or in it, make it something else.
    "x@example.com": ([], 13),
    "@example.com": ([], 12),
    "#example.com": ([], 12),
    "$example.com": ([], 12),
    "-example.com": ([], 12),
    "xhttp://example.com": ([], 19),
    "http://foo_bar.com": ([], 18),
    "http://foo-.com": ([], 15),
    "foo_bar.com and x_y.example.org": (["y.example.org"], 41),
    "x.y_z.com/http://a.com": ([], 22),
    "foo..com": ([], 8),
    "example.nothing": ([], 15),
    "example.com2": ([], 12),
    f"{'a' * 64}.com": ([], 68),
    f"https://example.com/{'a' * 4096}": ([], 4116),
    "e.g. 3.40 i.e.": ([], 14),
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_what_is_an_address_is_what_x_takes_for_one(text: str) -> None:
    """The addresses, and so the length, are those of twitter-text."""
    assert (addresses(text), weighted_length(text)) == ADDRESSES[text]
    assert holds_link(text) is bool(ADDRESSES[text][0])


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("👍", 2),
        ("👍🏽", 2),
        ("☕\ufe0f", 2),
        ("👩‍❤️‍💋‍👨", 2),
        ("🏳️‍🌈", 2),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
        ("🇬🇧🇫🇷", 4),
        ("5\ufe0f\u20e35", 3),
        ("#5*", 3),
        ("© 2026", 7),
        ("e\u0301", 1),
        ("“quoted” — yes…", 16),
        ("ｱ가", 4),
        ("a\r\nb", 3),
        ("👩" + "‍👩" * 300, 227),
    ],
)
def test_an_emoji_counts_two_with_all_its_parts(text: str, length: int) -> None:
    """So does each sign of most scripts; Latin, its neighbours and plain quotes count one."""
    assert weighted_length(text) == length


@pytest.mark.parametrize(
    "unit", ["a.", "日.", "-a.", "a_b.com ", "a.com/(", "日本.com", "foo.com…", "?"]
)
def test_counting_takes_a_time_that_grows_with_the_text(unit: str) -> None:
    """Eight times the text takes less than twelve times the time."""
    taken = {}
    for size in (5_000, 40_000):
        text = (unit * size)[:size]
        found = []
        for number in range(5):
            began = time.thread_time()
            weighted_length(f"{text} {number}")
            found.append(time.thread_time() - began)
        taken[size] = min(found)
    assert taken[40_000] < max(0.02, 12 * taken[5_000])
