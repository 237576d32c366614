"""What a card cannot show whole: too long with its addresses, out of sight, hidden."""

import pytest

from domain import LONGEST_SHOWN, why_unseen
from replies.checks import check_text, has_hard_stop, weighted_length

ADDRESS = "https://juniper.com/menu?" + "a=1&" * 170 + "b"
PITCH = "Come in and buy one today, 20% off everything!"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} {ADDRESS} {PITCH}", "nobody would see its end"),
        ("Thank you!" + "\n" * 20 + PITCH, "19 empty"),
        ("Thank you!" + "\n\u3164" * 40 + PITCH, "out of sight"),
        ("Thank you!" + "\u2800" * 80 + PITCH, "run of blanks"),
        ("Thank you!" + " " * 80 + PITCH, "run of blanks"),
        ("Thank you!" + " \u200b" * 40 + PITCH, "run of blanks"),
        ("a\n" * 60, "lines"),
        ("Thank you!\u2028\u2028\u2028\u2028\u2028\u2028" + PITCH, "empty lines"),
        ("Thank you! \u202eyadirf no eerf\u202c", "turn the writing"),
        ("Thank you! \u2067free on Friday", "turn the writing"),
        ("Z" + "\u0336\u0301\u0302\u0303\u0304" * 8 + " hi", "piled"),
        ("T" + "h\u200ba\u200bn\u200bk\u200bs" * 4, "nobody sees"),
        ("\u200d".join("you are all thieves and I will say so"), "nobody sees"),
        ("\ufe0e".join("you are all thieves and I will say so"), "nobody sees"),
        (
            "Hi \U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in "buy now at ours, do it"),
            "sees",
        ),
        ("Thanks" + "".join(chr(0xE0000 + ord(c)) for c in "buy now at ours") + "!", "sees"),
    ],
)
def test_what_cannot_be_seen_may_not_go_out(text: str, said: str) -> None:
    """The check stops it with a sentence that says what to do; it fits below a window's field."""
    why = why_unseen(text)
    assert why is not None
    assert said in why
    assert len(why) <= 150
    stop = has_hard_stop(check_text(text, post_text="hi"))
    assert stop is not None


@pytest.mark.parametrize(
    "text",
    [
        "We open at 7 on Sundays. See you then?",
        "One.\n\nTwo.\n\nThree.",
        "👩‍👩‍👧‍👦 👍🏽 ❤️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇩🇪",
        "Cảm ơn! Rất vui được gặp bạn ở đây.",
        "שָׁלוֹם וּבְרָכָה, נִתְרָאֶה מָחָר",
        "مرحبا \u200fجونيبر\u200f 12",
        "می\u200cخواهیم ببینیمتان",
        "ขอบคุณที่แวะมานะคะ แล้วพบกันใหม่ครั้งหน้า",
        "\u2066\u202ahttp://foobar.example/\u202c\u2069",
        f"Here: {ADDRESS} See you?",
    ],
)
def test_people_write_as_they_write(text: str) -> None:
    """Emoji, accents, right-to-left writing and a long address are all seen."""
    assert why_unseen(text) is None


def test_a_check_reads_what_stands_behind_a_long_address() -> None:
    """An address counts 23 however long; what comes after it is judged like any words."""
    for tail, name in ((PITCH, "sales"), ("password: hunter2go", "secret")):
        bare = {check.name for check in check_text(tail, post_text="hi")}
        text = f"{ADDRESS} {tail}"
        assert weighted_length(text) <= 280
        assert name in bare
        assert bare - {"price-unasked"} <= {
            check.name for check in check_text(text, post_text="hi")
        }
        three = f"{ADDRESS} {ADDRESS} {ADDRESS} {tail}"
        assert name in {check.name for check in check_text(three, post_text="hi")}


def test_words_that_cling_to_an_address_are_counted() -> None:
    """An address ends where another script begins: what follows is no part of it."""
    text = "https://juniper.example/" + "a" * 60 + "無料のコーヒーをどうぞ" * 20
    assert weighted_length(text) > 280
    assert weighted_length("https://juniper.nothing/" + "a" * 700) > 280, "no address for X"
    assert weighted_length(f"{ADDRESS} {ADDRESS}") == 47
    assert LONGEST_SHOWN < 3_000
