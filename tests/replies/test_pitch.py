"""The pitch: what offers our goods to nobody who asked, and what is only talk."""

import pytest

from domain import CheckLevel
from replies.checks import check_text


def names(text: str, post_text: str) -> set[str]:
    return {check.name for check in check_text(text, post_text=post_text)}


@pytest.mark.parametrize(
    ("post_text", "text"),
    [
        ("the bread knife is more of a saw", "we do sharpening on wednesdays, £4 a blade"),
        ("the cat owns the sofa now", "we sell cat beds too"),
        ("that rain came from nowhere", "we stock umbrellas, right by the door"),
        ("spent my sunday doing invoices", "our app does that in five minutes"),
        ("my hair is a disaster", "we could sort that, got a cancellation at 3"),
        ("learning to knit, mostly knots", "we run a beginners' night, tickets on our website"),
        ("what a week", "you should try our cold brew"),
        ("why is it always raining on my day off", "pop in, our new tearoom has space"),
    ],
)
def test_an_offer_to_nobody_who_asked_is_minded(post_text: str, text: str) -> None:
    """A pitch in plain words is minded, and its words are quoted."""
    checks = {check.name: check for check in check_text(text, post_text=post_text)}
    assert checks["pitch"].level is CheckLevel.MIND
    assert "“" in checks["pitch"].why


@pytest.mark.parametrize(
    ("post_text", "text"),
    [
        ("who cuts keys round here?", "we cut keys, five minutes, £5"),
        ("looking for a class for beginners", "we run one on mondays, two places left"),
        ("i need a plumber asap", "we do call outs, ring us, we're in till ten"),
        ("@spokeandco the brake is loose", "Sorry. Bring it in, we'll do it while you wait"),
    ],
)
def test_whoever_asks_or_complains_is_offered_nothing(post_text: str, text: str) -> None:
    """An answer to somebody who seeks it is no pitch, nor is putting our own work right."""
    assert "pitch" not in names(text, post_text)


@pytest.mark.parametrize(
    "text",
    [
        "we have a cat in the window",
        "we've done the same with our grinder",
        "we'll keep your table",
        "we were one person down",
        "see you thursday as always",
        "come and sit by the window, we'll not talk to you",
        "we've brought the chairs back in",
        "our van does that, too. It's the cold",
        "we had ours with beans",
    ],
)
def test_our_own_doings_sell_nothing(text: str) -> None:
    """What we have and do is told freely while it offers nothing."""
    assert names(text, "what a cold monday this is") == set()


def test_whoever_asks_how_to_reach_us_is_told() -> None:
    """Our number and address go to whoever asks; somebody else's do not."""
    assert names("0113 496 0123, till six", "what's your number") == set()
    assert names("hello@fern.example, I read it", "what's your email?") == set()
    assert names("Ring us on 0113 496 0999", "how do i book a table") == set()
    assert "private" in names("0113 496 0123, till six", "lovely morning")
    assert "private" in names("Her number is 0113 496 0123", "how can i reach anna?")


def test_a_place_at_the_start_names_nobody() -> None:
    """Only who speaks of itself by name is minded, not a place or a thing that begins a sentence."""
    assert names("At York we once waited five hours", "trains cancelled") == set()
    assert names("Rice offers nothing but rice", "dropped my phone in the bath") == set()
    assert "names-itself" in names("At Harbour Bakery, we knead by hand", "hungry")


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize(
    ("hidden", "name"),
    [("We sell cat beds too.", "pitch"), ("Write to ann.lee@mailbox.com then.", "private")],
)
def test_of_a_long_text_no_place_is_out_of_sight(place: int, hidden: str, name: str) -> None:
    """Addresses of 700 characters count 23 each: 2,900 characters can go out, and all are read."""
    address = f"https://coppermill.com/{'a' * 677}"
    pieces = [f"{address} that one", f"{address} and this", f"{address} or that", address]
    clean = " ".join(pieces)
    pieces.insert(place, hidden)
    text = " ".join(pieces)
    assert len(text) > 2_800
    assert "length" not in names(text, "the cat owns the sofa now")
    assert name not in names(clean, "the cat owns the sofa now")
    assert name in names(text, "the cat owns the sofa now")
