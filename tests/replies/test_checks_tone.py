"""What the checks hear between the words: billboards, jarring moods, posts said over again."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import CheckLevel, Voice, VoiceRule
from replies.checks import check_text
from replies.checks.promo_score import ENOUGH, signs_in
from tests.replies.contexts import rows

#: How long a reply may take, in seconds; the machine that runs this may be slow.
_QUICK = 0.02


def names(text: str, post_text: str = "lovely day", voice: Voice | None = None) -> set[str]:
    return {check.name for check in check_text(text, post_text=post_text, voice=voice)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What a fantastic question, it is Kenyan", "stock-opener"),
        ("We really appreciate your valuable input, Jo", "thanks-formula"),
        ("We're beyond delighted that it fits", "over-friendly"),
        ("We recognise how stressful this has been", "corporate-empathy"),
        ("We are committed to clean air", "mission"),
        ("At Harbour Bakery, we knead by hand", "names-itself"),
        ("Could you drop us a quick message about it", "sent-elsewhere"),
        ("Reply with your booking reference", "asks-for-details"),
        ("Somebody will assist you shortly", "call-centre"),
        ("Explore our summer jackets", "sales"),
        ("Reserve your seat", "sales-booking"),
        ("We'll refund all of it", "promise"),
        ("Studies show that it works", "made-up-figure"),
        ("It elevates any breakfast", "machine-words"),
        ("It isn't just bread, it's a hug", "machine-turn"),
    ],
)
def test_families_of_words_are_heard(text: str, name: str) -> None:
    """A family of words is minded in sentences nobody listed, and the words are quoted."""
    checks = {check.name: check for check in check_text(text, post_text="lovely day")}
    assert checks[name].level is CheckLevel.MIND
    assert "“" in checks[name].why


@pytest.mark.parametrize(
    "text",
    [
        "Half of us like the new sign, half of us want the old one back. You?",
        "No, sorry. The left one is taller, it goes by the window.",
        "I would start with the short one. It's a good way to find out if you like her.",
        "It was designed by my uncle, who cannot draw.",
        "We shut at four because the oven man goes home. That's why we open so early.",
        "Send me a photo of the leaf and I can tell you more.",
        "Good luck! I will be thinking of you at nine.",
        "Bring both, the blue one needs glue and the other one needs a miracle.",
    ],
)
def test_what_a_person_says_adds_up_to_nothing(text: str) -> None:
    """Plain talk passes in silence, weak signs in it or not."""
    assert check_text(text, post_text="lovely day") == ()


def test_small_signs_count_together_only() -> None:
    """One exclamation mark or one big word is nothing; a heap of them sounds like a billboard."""
    assert check_text("Lovely, see you then!", post_text="hi") == ()
    assert check_text("A perfect little cup.", post_text="hi") == ()
    heap = "Mornings like that are pure magic! ☀️ Slow down, breathe deep, and savor every delight!"
    found = {check.name: check.why for check in check_text(heap, post_text="hi")}
    assert "“magic”" in found["sounds-like-a-billboard"]
    assert sum(weight for weight, _ in signs_in(heap, frozenset())) >= ENOUGH


def test_cheering_at_grief_is_minded() -> None:
    """Whoever mourns is not cheered at; a quiet word is fine, and so is cheer elsewhere."""
    assert "cheerful-to-sad" in names("Yay for memories", "my dad died on monday")
    assert names("I'm so sorry. What was he like?", "my dad died on monday") == set()
    assert "cheerful-to-sad" not in names("Yay for memories", "my phone died on monday")


def test_joking_with_a_complaint_is_minded() -> None:
    """A laugh at somebody's trouble is minded; the same laugh with a joker is not."""
    assert "joke-to-complaint" in names("lol, at least it's round", "my cake arrived broken")
    assert "joke-to-complaint" not in names("lol, at least it's round", "is a pie a cake")


def test_saying_the_post_again_is_minded() -> None:
    """Telling people what they just said is minded; using their words to answer is not."""
    post = "my sister painted the kitchen ceiling bright orange overnight"
    again = "Painting the kitchen ceiling orange sounds bold!"
    assert "restates-the-post" in names(again, post)
    assert "restates-the-post" not in names("Does she like orange, your sister?", post)
    question = "does the number 9 bus stop at the old library"
    assert names("The number 9 bus stops at the old library, yes.", question) == set()


def test_the_direct_question_makes_the_answer_fine() -> None:
    """Price, goods, bookings and addresses are no pitch to whoever asked for them."""
    assert "price-unasked" in names("Only £4 for two")
    assert names("Only £4 for two", "how much are the buns?") == set()
    assert names("Book online, it shows what's free", "how do i book?") == set()
    assert "link" in names("orders at harbour.example")
    assert names("orders at harbour.example", "what's your email address?") == set()


def test_words_the_team_never_uses_are_minded() -> None:
    """A word of the voice is quoted, whole words only, with * for its end."""
    voice = Voice(avoid=("guys", "yumm*", "<3"))
    found = check_text("Hi guys, yes", post_text="hi", voice=voice)
    assert [(c.name, c.level) for c in found] == [("never-word", CheckLevel.MIND)]
    assert "“guys”" in found[0].why
    assert "never-word" in names("That is yummiest", "hi", voice)
    assert "never-word" in names("Love it <3", "hi", voice)
    assert "never-word" not in names("No disguysing it", "hi", voice)


def test_the_teams_own_rules_are_judged() -> None:
    """A rule's text is the reason, by its trait or by its phrases."""
    quiet = Voice(rules=(VoiceRule("No exclamation marks.", "no_exclamation"),))
    assert "own-rule" in names("Yes! We are", "hi", quiet)
    assert names("Yes, we are", "hi", quiet) == set()
    worded = Voice(rules=(VoiceRule("We say buns, not pastries.", "", ("pastries",)),))
    (check,) = check_text("Yes, fresh pastries", post_text="hi", voice=worded)
    assert "We say buns, not pastries" in check.why


def test_silenced_checks_are_silent_unless_they_stop() -> None:
    """A team may silence what it does not mind; what may not go out stays."""
    silent = Voice(silenced=("hashtag", "secret", "length"))
    assert "hashtag" in names("Nice #buns")
    assert "hashtag" not in names("Nice #buns", "hi", silent)
    assert "secret" in names("password: hunter2go", "hi", silent)


def test_the_voices_own_signatures_are_not_judged() -> None:
    """A sign that the voice lists closes a text and is no word of it, whatever it looks like."""
    shouted = "See you Sunday. LOL"
    assert names(shouted, "my cake arrived broken") == {"joke-to-complaint"}
    assert names(shouted, "my cake arrived broken", Voice(signs=("LOL",))) == set()


@pytest.mark.parametrize(
    "part",
    ["can be ", "thank you for your ", "whether you're ", "not just ", "a, ", " – ", "{{", "our "],
)
def test_long_texts_of_rule_words_do_not_run_away(part: str) -> None:
    """10,000 characters made of a rule's own words are judged about as fast as any."""
    text = (part * 10_000)[:10_000]
    voice = Voice(avoid=("guys",), rules=(VoiceRule("No!", "no_exclamation", ("pastries",)),))
    times = []
    for _ in range(3):
        began = time.thread_time()
        check_text(text, post_text=text, voice=voice)
        times.append(time.thread_time() - began)
    assert min(times) < 5 * _QUICK


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=300),
    post_text=st.text(max_size=300),
    words=st.lists(st.text(max_size=12), max_size=4).map(tuple),
)
def test_any_voice_judges_any_text(text: str, post_text: str, words: tuple[str, ...]) -> None:
    """Nothing that a team writes into its voice can break the checks."""
    voice = Voice(
        avoid=words, signs=words, silenced=words, rules=(VoiceRule("Ours.", phrases=words),)
    )
    for check in check_text(text, post_text=post_text, voice=voice):
        assert check.name
        assert check.why


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("replies_ai_slop", 0.9, 1.0),
        ("replies_boilerplate", 0.95, 1.0),
        ("replies_good", 0.0, 0.03),
        ("replies_human", 0.0, 0.1),
    ],
)
def test_measured_on_the_developers_rows(name: str, least: float, most: float) -> None:
    """Form letters and machine talk are minded, people are left alone, each in a few ms."""
    read = rows(name)
    check_text("warm", post_text="up")
    began = time.thread_time()
    minded = [row["id"] for row in read if check_text(row["reply"], post_text=row["mention"])]
    each = (time.thread_time() - began) / len(read)
    print(f"{name}: {len(minded)} of {len(read)} minded, {each * 1e3:.2f} ms each")
    assert least <= len(minded) / len(read) <= most, minded
    assert each < _QUICK
