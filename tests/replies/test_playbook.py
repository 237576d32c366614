"""The playbook: always something to send, fitting, different, harmless."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Fact, Move, PlaybookAnswer, Source, Voice
from replies.checks import check_text
from replies.playbook import default_playbook, playbook_drafts
from replies.playbook.gaps import first_name, for_this_person
from replies.playbook.languages import language_of
from replies.wording import sameness
from tests.replies.contexts import context, post, rows

POSTS = [
    "@copperkettle do you have oat milk?",
    "@copperkettle what time do you open on sundays?",
    "@copperkettle how much is a bag of beans",
    "@copperkettle third time my order was wrong",
    "@copperkettle best flat white in town",
    "@copperkettle thanks for staying open late",
    "@copperkettle hi",
    "@copperkettle",
    "",
    "?",
    "🔥",
    "my dog died last night",
    "can you fit a child seat to a carbon frame?",
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
    assert all(2 <= len(texts) <= 6 for texts in by_occasion.values())


@pytest.mark.parametrize("text", POSTS)
def test_there_is_always_something_to_send(text: str) -> None:
    """Any post gets one to three different drafts that the checks leave alone."""
    drafts = playbook_drafts(context(text))
    assert 1 <= len(drafts) <= 3
    assert len({sameness(draft.text) for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert check_text(draft.text, post_text=text) == ()
        assert "{" not in draft.text


def test_complaints_are_owned_and_sad_posts_met_gently() -> None:
    """A complaint is answered with sorry, a death without any question of business."""
    for draft in playbook_drafts(context("@copperkettle waited 40 minutes for a latte")):
        assert "sorry" in draft.text.lower() or "on us" in draft.text.lower()
    for draft in playbook_drafts(context("@copperkettle dad passed away on sunday")):
        assert re.search(r"sorry|sad|Thinking of you", draft.text)
        assert "?" not in draft.text


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


@pytest.mark.parametrize("text", POSTS)
def test_each_draft_does_something_else(text: str) -> None:
    """No two drafts on a card make the same move, and each move is one of the six."""
    moves = [Move(draft.move) for draft in playbook_drafts(context(text))]
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


def test_a_grave_post_is_met_by_nothing_but_grave_answers() -> None:
    """No general chat beside a death or a complaint."""
    for text in ("my dog died last night", "waited 40 minutes for a latte"):
        for draft in playbook_drafts(context(text)):
            assert re.search(r"(?i)sorry|sad|thinking of you|on us", draft.text), draft.text


def test_nothing_is_repeated_while_there_is_another() -> None:
    """Asked for other ideas, the playbook gives others, and in the end still something."""
    shown: list[str] = []
    for _ in range(4):
        drafts = playbook_drafts(
            context("@copperkettle do you have oat milk?", earlier_texts=tuple(shown))
        )
        assert drafts
        fresh = [draft.text for draft in drafts]
        if len(shown) < 6:
            assert not set(fresh) & set(shown)
        shown += fresh
    recent = playbook_drafts(context("@copperkettle do you have oat milk?"))[0].text
    again = playbook_drafts(
        context("@copperkettle do you have oat milk?", recent_texts=(f"@bo {recent}",))
    )
    assert recent not in [draft.text for draft in again]


def test_approved_replies_to_similar_posts_serve() -> None:
    """A text approved for nearly the same question comes first; a personal one does not."""
    before = (
        ("do you have oat milk today?", "We do, and soy. Which do you like?"),
        ("do you have oat milk here?", "Yes, Bo, just for you."),
        ("do you have oat milk now?", "See copperkettle.example/oat"),
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


def test_answers_come_in_the_posts_language_where_we_have_it() -> None:
    """German is answered in German; Japanese by an English sentence that says so."""
    german = playbook_drafts(context("@copperkettle habt ihr auch Hafermilch?"))
    assert "Bevor ich rate" in " ".join(draft.text for draft in german)
    japanese = playbook_drafts(context("日本語の絵本はありますか"))
    assert all("English" in draft.text for draft in japanese)


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
def test_any_post_gets_a_draft(text: str, name: str, language: str | None) -> None:
    """No post is too odd to get something sendable."""
    about = post(text, name=name, language=language)
    drafts = playbook_drafts(context("", about=about))
    assert drafts
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


def test_on_a_grave_post_a_cheerful_cue_does_not_answer_first() -> None:
    """A team's "dog" answers do not meet somebody whose dog died."""
    own = (PlaybookAnswer("dogs", "Dogs are always welcome.", ("dog",)),)
    texts = [d.text for d in playbook_drafts(context("my dog died last night", playbook=own))]
    assert texts[0] != "Dogs are always welcome."
