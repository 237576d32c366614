"""Whose words a draft holds: found in the text, whatever way it came."""

import pytest

from domain import Draft, Source, TheirWords
from replies.authorship import credited, holders, only_manners
from replies.drafting.asking import question_for
from tests.replies.contexts import context

ANA, BEN = frozenset({"UANA"}), frozenset({"UBEN"})


@pytest.mark.parametrize(
    "wish",
    [
        "shorter",
        "Make it warmer, please!",
        "could you make it shorter?",
        "it should be warmer",
        "in Spanish",
        "another one",
        "a bit less formal",
        "",
    ],
)
def test_how_to_write_is_no_word_of_the_text(wish: str) -> None:
    """A wish about manner alone makes nobody an author."""
    assert only_manners(wish)


@pytest.mark.parametrize(
    "wish",
    [
        "shorter, and come to my show tonight",
        "say that it is free",
        "drop the word not",
        "shorter 🎉🎉",
        "in Spanish: gratis",
        "shorter $5",
        "ask what beans they use",
        "@ann",
        "write: it is very funny",
        "you could be friendlier",
        "could you go with us",
    ],
)
def test_anything_else_says_what_to_say(wish: str) -> None:
    """One word beyond the closed list is enough: it fails closed."""
    assert not only_manners(wish)


@pytest.mark.parametrize(
    ("text", "theirs", "held"),
    [
        ("We open at 7 on Sundays. See you?", TheirWords("We open at 7 on Sundays.", ANA), True),
        ("We’re open 7 TO 5 today.", TheirWords("7 to 5", ANA, short=True), True),
        ("We open at 8.", TheirWords("We open at 7 on Sundays", ANA), False),
        ("Thanks so much, glad you came by", TheirWords("glad you came", ANA), True),
        ("Thank you!", TheirWords("thank you", ANA), True),
        ("Thank you, that was kind.", TheirWords("thank you", ANA), False),
        (
            "Oh nice. Every cup is on the house on Friday, promise.",
            TheirWords("Tell all that every cup is on the house", ANA),
            True,
        ),
        ("日曜日は七時に開店します、どうぞ", TheirWords("日曜日は七時に開店します", ANA), True),
    ],
)
def test_a_run_of_their_words_makes_it_theirs(text: str, theirs: TheirWords, held: bool) -> None:
    """A whole line, or five words in a row; a few common words are anybody's."""
    assert holders(text, [theirs]) == (ANA if held else frozenset())


def test_several_authors_are_all_named_and_one_unknown_makes_it_unknown() -> None:
    """Fail closed: words of nobody knows whom take two people."""
    ana, ben = TheirWords("come on Friday at eight", ANA), TheirWords("the bench is yours", BEN)
    text = "Come on Friday at eight, the bench is yours."
    assert holders(text, [ana, ben]) == ANA | BEN
    assert holders(text, [ana, TheirWords("the bench is yours", None)]) is None


def test_a_models_draft_on_a_wish_is_of_who_wished() -> None:
    """However the model put it; without an id nobody knows whose it is."""
    draft = Draft("On the house this week.", Source.MODEL, words_of=frozenset())
    wished = context("hi", steer="say it costs nothing", steered_by="UANA")
    assert credited(draft, wished).words_of == ANA
    manner = context("hi", steer="shorter", steered_by="UANA")
    assert credited(draft, manner).words_of == frozenset()
    assert credited(draft, context("hi", steer="say it costs nothing")).words_of is None


def test_a_draft_of_unknown_origin_stays_unknown() -> None:
    """A drafter that does not say whose words they are opens no way."""
    assert credited(Draft("Yes.", Source.PLAYBOOK), context("hi")).words_of is None


@pytest.mark.parametrize(
    "written",
    [
        "We g\u200cive every\u200dbody th\ufe0eeir mon\u034fey ba\u00adck to\u2064day",
        "Wе givе еvеrybody thеir monеy back today",
        "Ｗｅ ｇｉｖｅ ｅｖｅｒｙｂｏｄｙ ｔｈｅｉｒ ｍｏｎｅｙ ｂａｃｋ",
        "𝐖𝐞 𝐠𝐢𝐯𝐞 𝐞𝐯𝐞𝐫𝐲𝐛𝐨𝐝𝐲 𝐭𝐡𝐞𝐢𝐫 𝐦𝐨𝐧𝐞𝐲 back",
        "We gíve everybódy théir móney báck",
    ],
)
def test_signs_that_look_alike_hide_nobodys_words(written: str) -> None:
    """A model writes them clean: what a reader reads is compared, both ways."""
    clean = "We give everybody their money back today."
    assert holders(clean, [TheirWords(written, ANA)]) == ANA
    assert holders(written, [TheirWords(clean, ANA)]) == ANA


def test_a_model_asked_for_another_does_not_see_what_a_member_dictated() -> None:
    """Else "in Spanish" after it gives the member's words back as nobody's."""
    dictated, drafted = "Everybody gets their money back, just ask.", "Which roast was it?"
    asked = context(
        "@copperkettle my beans were stale",
        earlier_texts=(drafted, dictated),
        members_words=(TheirWords(dictated, ANA),),
        steer="in Spanish",
        steered_by="UANA",
    )
    sent = " ".join(message["content"] for message in question_for(asked).messages)
    assert drafted in sent
    assert dictated not in sent
