"""The playbook: nothing but what accounts for all of a post, different and harmless."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Fact, Move, PlaybookAnswer, Source, Voice
from replies.checks import check_text
from replies.playbook import default_playbook, playbook_drafts
from replies.playbook.gaps import first_name, for_this_person
from replies.playbook.languages import language_of
from replies.text.wording import sameness
from tests.replies.contexts import context, post, rows

VOICE = Voice(
    facts=(
        Fact("Dogs are welcome inside."),
        Fact("Open 8 to 5, Sundays 9 to 4."),
        Fact("oat and soy, at the price of cow's milk", "milk"),
        Fact("on Mill Lane behind the library", "parking"),
    )
)
ANSWERED = [
    "@copperkettle do you have oat milk?",
    "@copperkettle what time do you open on sundays?",
    "@copperkettle hi! is there parking? thanks",
    "@copperkettle can i bring my puppy?",
    "@copperkettle thanks!",
    "Thank you so much 🙏 @copperkettle",
]
#: Each of them has a word, a sign or a turn more than a fact or a thanks accounts for.
NOT_ACCOUNTED_FOR = [
    "@copperkettle third time my order was wrong",
    "@copperkettle best flat white in town",
    "@copperkettle thanks for staying open late",
    "@copperkettle thanks for nothing",
    "@copperkettle thank you and goodbye",
    "@copperkettle thanks...",
    "@copperkettle thank you 🖤",
    "@copperkettle hi",
    "@copperkettle",
    "",
    "?",
    "🔥",
    "my dog died last night",
    "can you fit a child seat to a carbon frame?",
    "@copperkettle is it too late?",
    "@copperkettle are you there?",
    "@copperkettle can i bring my dog? he is all i have left",
    "@copperkettle are you open? I can't go home",
    "@copperkettle why are you not open on sundays?",
    "@copperkettle are you open #emergency",
    "@copperkettle do you have oat milk? @bo wants to know",
    "@copperkettle do you have oat milk and are the buns vegan?",
    "@copperkettle are you open 😭",
]


def test_default_playbook_is_broad_short_and_clean() -> None:
    """At least sixteen occasions with two to five answers, none of which our checks mind."""
    by_occasion: dict[str, list[str]] = {}
    for answer in default_playbook():
        by_occasion.setdefault(answer.occasion, []).append(answer.text)
        bare = re.sub(r"\{\w+\}", "Ann", answer.text)
        assert check_text(bare, post_text="") == (), answer.text
        assert len(answer.text) <= 140
    assert len(by_occasion) >= 16
    assert not {"anything", "joke"} & by_occasion.keys()
    assert all(2 <= len(texts) <= 6 for texts in by_occasion.values())


@pytest.mark.parametrize("text", ANSWERED)
def test_what_is_accounted_for_is_answered(text: str) -> None:
    """A plain question about a fact, or a plain thanks, gets drafts that the checks leave alone."""
    drafts = playbook_drafts(context(text, voice=VOICE))
    assert 1 <= len(drafts) <= 3
    assert len({sameness(draft.text) for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert check_text(draft.text, post_text=text) == ()
        assert "{" not in draft.text


@pytest.mark.parametrize("text", NOT_ACCOUNTED_FOR)
def test_one_word_too_many_and_nothing_is_offered(text: str) -> None:
    """No text fits any post: what is not wholly accounted for is left to a person."""
    assert playbook_drafts(context(text, voice=VOICE)) == []


@pytest.mark.parametrize("more", [{"linked": True}, {"quoted_id": "3"}])
def test_what_stands_beside_a_post_unread_leaves_it_to_a_person(more: dict[str, Any]) -> None:
    """A thanks with a link or a quoted post may be about anything."""
    about = post("@copperkettle thanks!", **more)
    assert playbook_drafts(context("", about=about)) == []


def test_a_fact_answers_when_one_fits() -> None:
    """What the team wrote down is said first; what does not fit is not said."""
    voice = Voice(facts=(Fact("Dogs are welcome inside."), Fact("Open 8 to 5, Sundays 9 to 4.")))
    first = playbook_drafts(context("@copperkettle when do you open on sundays?", voice=voice))[0]
    assert first.text.startswith("Open 8 to 5, Sundays 9 to 4")
    pets = playbook_drafts(context("@copperkettle can i bring my puppy?", voice=voice))[0]
    assert pets.text.startswith("Dogs are welcome inside")
    other = playbook_drafts(context("@copperkettle is the barista single?", voice=voice))
    assert not any("Dogs" in draft.text or "Open 8" in draft.text for draft in other)


def test_the_teams_own_playbook_comes_first() -> None:
    """What the team answers to a question needs no "I'd have to check" beside it."""
    own = (PlaybookAnswer("oat", "Oat is free on Mondays, {name}.", ("oat milk",)),)
    drafts = playbook_drafts(context("@copperkettle do you have oat milk?", playbook=own))
    assert [draft.text for draft in drafts] == ["Oat is free on Mondays, Ann."]


@pytest.mark.parametrize("text", ANSWERED)
def test_each_draft_does_something_else(text: str) -> None:
    """No two drafts on a card make the same move, and each move is one of the six."""
    moves = [Move(draft.move) for draft in playbook_drafts(context(text, voice=VOICE))]
    assert moves
    assert len(set(moves)) == len(moves)


def test_no_answer_claims_a_deed() -> None:
    """Nobody has asked around, passed on or looked up anything when a draft is written."""
    deeds = re.compile(
        r"\b(?:passed (?:it|this) on|passing this on|asking now|i'm asking|checking now|"
        r"written down|writing that|noted|reading this out|i'm finding out)\b",
        re.IGNORECASE,
    )
    assert not [a.text for a in default_playbook() if deeds.search(a.text)]


def test_a_fact_is_said_again_to_the_next_person() -> None:
    """What is true stays true: having told somebody else does not bring "I'd have to check"."""
    voice = Voice(facts=(Fact("oat and soy, at the price of cow's milk", "milk"),))
    own = (PlaybookAnswer("milk", "We have {milk}.", ("oat",)),)
    said = "We have oat and soy, at the price of cow's milk."
    drafts = playbook_drafts(
        context("do you have oat milk?", voice=voice, playbook=own, recent_texts=(said,))
    )
    assert [draft.text for draft in drafts] == [said]


def test_hours_are_told_in_the_posts_language_where_each_word_is_known() -> None:
    """A Spanish question gets the hours in Spanish; hours that nobody translated are not said."""
    asked = "@copperkettle ¿a qué hora abren el domingo?"
    known = Voice(facts=(Fact("7 to 5 on weekdays, 8 to 4 on Sundays", "hours"),))
    texts = [draft.text for draft in playbook_drafts(context(asked, voice=known))]
    assert texts[0].startswith("Abrimos 7 a 5 entre semana, 8 a 4")
    odd = Voice(facts=(Fact("7 to 5 unless it snows", "hours"),))
    assert not any("7" in draft.text for draft in playbook_drafts(context(asked, voice=odd)))


def test_what_was_shown_is_not_shown_again_and_then_there_is_nothing() -> None:
    """Asked for other ideas, the playbook gives others as long as it has some, and no filler then."""
    shown: list[str] = []
    rounds = 0
    while drafts := playbook_drafts(
        context("@copperkettle do you have oat milk?", voice=VOICE, earlier_texts=tuple(shown))
    ):
        fresh = [draft.text for draft in drafts]
        assert not set(fresh) & set(shown)
        shown += fresh
        rounds += 1
        assert rounds < 10
    assert rounds


def test_approved_replies_to_similar_posts_serve() -> None:
    """A text approved for nearly the same question comes first; a personal one does not."""
    before = (
        ("@copperkettle do you have oat milk today?", "We do, and soy. Which do you like?"),
        ("@copperkettle do you have oat milk here?", "Yes, Bo, just for you."),
        ("@copperkettle do you have oat milk now?", "See copperkettle.example/oat"),
    )
    drafts = playbook_drafts(context("@copperkettle do you have oat milk?", approved_before=before))
    assert drafts[0].source is Source.APPROVED_BEFORE
    assert drafts[0].text == "We do, and soy. Which do you like?"
    mine = [draft.text for draft in drafts if draft.source is Source.APPROVED_BEFORE]
    # Bo's name becomes Ann's; a link never serves again.
    assert mine == ["We do, and soy. Which do you like?", "Yes, Ann, just for you."]


@pytest.mark.parametrize(
    ("text", "name", "made"),
    [
        ("Thanks Bo, that's kind.", "Ann Lee", "Thanks Ann, that's kind."),
        ("See you then, Bo!", "Ann Lee", "See you then, Ann!"),
        ("See you then, Bo!", "xx", "See you then!"),
        ("Yes, we do.", "Ann Lee", "Yes, we do."),
        ("See you, Friday.", "Ann Lee", "See you, Friday."),
        ("Bo, we do.", "Ann Lee", None),
    ],
)
def test_an_approved_reply_calls_this_person_by_name(
    text: str, name: str, made: str | None
) -> None:
    """Somebody else's name is put right or left out; where it may be none, the text is left."""
    assert for_this_person(text, post("hi", name=name).author) == made


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("@copperkettle habt ihr am Samstag offen?", "de", None),
        ("¡El mejor café de la ciudad! gracias", "es", None),
        ("vous avez du lait d'avoine ?", None, "fr"),
        ("今日のコーヒーおいしい", "ja", "ja"),
        ("do you have oat milk?", "en", None),
        ("ok", "und", "en"),
    ],
)
def test_language_is_told_by_x_or_by_small_words(
    text: str, language: str | None, told: str | None
) -> None:
    """X's word counts; without it the small words tell."""
    assert language_of(post(text, language=language)) == (told or language)


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("@copperkettle muchas gracias", "es", "Gracias a ti"),
        ("@copperkettle Vielen Dank, danke!", "de", None),
        ("@copperkettle grazie mille!", "it", "Grazie a te"),
        ("@copperkettle grazie, e addio", "it", ""),
        ("@copperkettle habt ihr auch Hafermilch?", "de", ""),
        ("今日のコーヒーおいしい", "ja", ""),
        ("@copperkettle bedankt!", "nl", ""),
    ],
)
def test_a_plain_thanks_is_thanked_in_its_language(
    text: str, language: str, first: str | None
) -> None:
    """In a language that we have; anything else in another language gets nothing."""
    texts = [
        draft.text for draft in playbook_drafts(context("", about=post(text, language=language)))
    ]
    assert bool(texts) is (first != "")
    assert all(text.startswith(first or "") for text in texts)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ann Lee", "Ann"),
        ("Zoë", "Zoë"),
        ("USE CODE FREE20", None),
        ("Free Coffee", None),
        ("evil.example", None),
        ("<!channel>", None),
        ("ann", None),
        ("The Coffee Guy", None),
        ("Ann\u202e Lee", None),
        ("", None),
    ],
)
def test_only_what_looks_like_a_first_name_is_used(name: str, first: str | None) -> None:
    """A display name is hostile input: what is no plain name is left out."""
    assert first_name(post("hi", name=name).author) == first


def test_injected_words_never_reach_a_draft() -> None:
    """Whatever a post orders, the playbook says only its own words."""
    allowed = {word for answer in default_playbook() for word in sameness(answer.text).split()}
    allowed |= {"ann", "succulents", "books", "coffee", "roses", "plants", "bike", "bikes"}
    for row in rows("injections"):
        for draft in playbook_drafts(context(row["post"])):
            if language_of(post(row["post"])) == "en":
                assert set(sameness(draft.text).split()) <= allowed, draft.text
            assert check_text(draft.text, post_text="") == ()


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=300),
    name=st.text(max_size=40),
    language=st.sampled_from([None, "de", "xx"]),
)
def test_no_post_is_too_odd(text: str, name: str, language: str | None) -> None:
    """Whatever somebody posts, it gets nothing or something sendable."""
    about = post(text, name=name, language=language)
    drafts = playbook_drafts(context("", about=about, voice=VOICE))
    assert all(draft.text.strip() for draft in drafts)


def test_a_named_fact_fills_its_gap_and_its_name_is_never_said() -> None:
    """A fact such as `Hours: 7 to 5` answers with the hours, as a person would, not with the label."""
    own = (
        PlaybookAnswer("opening hours", "{hours}, on the dot.", ("open", "close")),
        PlaybookAnswer("opening hours", "We're open {hours}.", ("open", "close")),
        PlaybookAnswer("opening hours", "Ask {nobody}.", ("open", "close")),
    )
    voice = Voice(facts=(Fact("seven to five", "Hours"), Fact("welcome", "dogs")))
    texts = [
        d.text for d in playbook_drafts(context("when do you open?", voice=voice, playbook=own))
    ]
    assert texts
    assert set(texts) <= {"Seven to five, on the dot.", "We're open seven to five."}
    assert not any("ours:" in text or "{" in text for text in texts)


def test_a_teams_cue_alone_does_not_answer() -> None:
    """A team's "dog" answers do not meet somebody whose dog died, nor its general ones anybody."""
    own = (
        PlaybookAnswer("dogs", "Dogs are always welcome.", ("dog",)),
        PlaybookAnswer("anything", "Tell me more!", ()),
        PlaybookAnswer("anything", "Ha, good one.", ("lol",)),
    )
    for text in ("my dog died last night", "why is my dog crying?", "lol", "hm", "what now lol?"):
        assert playbook_drafts(context(text, playbook=own)) == []
    asked = playbook_drafts(context("are dogs welcome?", playbook=own))
    assert [draft.text for draft in asked] == ["Dogs are always welcome."]
