"""A voice out of six answers, and out of our own past replies: counted, never made up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain import Fact, PastReply, Voice, VoiceRule
from replies.voice.from_answers import Answers, voice_from_answers
from replies.voice.from_past import FEWEST, best_replies, too_few, voice_from_past
from replies.voice.manner import manner, sign_of, signs

NOW = Voice(
    who="A shop", facts=(Fact("8 to 5", "hours"),), signs=("M",), hand_over=("press",), version=2
)


def test_six_answers_stand_in_their_places_word_for_word() -> None:
    """Nothing is added to what people wrote, and what was known stays."""
    voice, evidence = voice_from_answers(
        Answers(
            who="A bike shop in Bristol.",
            greeting="Alright? What's it doing this time?",
            words="Ours: proper, sorted\nNever: folks, valued customer",
            facts="Do you do e-bikes? Yes, motors apart.\nWe close at noon on Saturdays",
            person="Refunds above £40, fleet deals, anything legal",
            complaint="That's not right. Bring it in.",
        ),
        NOW,
    )
    assert voice.who == "A bike shop in Bristol."
    assert "“Alright? What's it doing this time?”" in voice.how
    assert "“That's not right. Bring it in.”" in voice.how
    assert (voice.use, voice.avoid) == (("proper", "sorted"), ("folks", "valued customer"))
    assert voice.facts == (
        *NOW.facts,
        Fact("Yes, motors apart.", "e bikes"),
        Fact("We close at noon on Saturdays"),
    )
    assert voice.refund_limit == Decimal(40)
    assert voice.rules == (VoiceRule("Only a person answers about: fleet deals."),)
    assert (voice.signs, voice.version) == (("M",), 2)
    assert "six" in evidence[0]


def test_no_answer_takes_a_topic_away() -> None:
    """Naming one topic for people leaves the others with them."""
    voice, _ = voice_from_answers(Answers(person="the press"), Voice())
    assert voice.hand_over is None
    assert voice.rules == ()


def test_what_was_left_out_stays_as_it_is() -> None:
    """No answer, no change."""
    assert voice_from_answers(Answers(), NOW)[0] == NOW


@pytest.mark.parametrize(
    ("text", "use", "avoid"),
    [
        ("never folks", (), ("folks",)),
        ("proper, ta. never: super excited", ("proper", "ta"), ("super excited",)),
        ("we say: cuppa\nnot: beverage", ("cuppa",), ("beverage",)),
        ("Never:\nfolks\nguys\nOurs: ta", ("ta",), ("folks", "guys")),
        ("", (), ()),
    ],
)
def test_our_words_are_told_from_those_we_never_use(
    text: str, use: tuple[str, ...], avoid: tuple[str, ...]
) -> None:
    """However somebody writes them down."""
    voice, _ = voice_from_answers(Answers(words=text), Voice())
    assert (voice.use, voice.avoid) == (use, avoid)


def test_a_manner_is_counted() -> None:
    """Length, who speaks, how it begins and ends, how loud it is."""
    quiet = [f"@ann{n} we're open til {n}, two of us in. -T" for n in range(10)]
    said = " ".join(manner(quiet))
    for words in ("Short: half", "“we”", "short forms", "No greeting", "No emoji", "-T"):
        assert words in said
    loud = [f"Hey there, I am number {n}! 🎉 Which one was it?" for n in range(10)]
    said = " ".join(manner(loud))
    for words in (
        "“Hey”",
        "“I”",
        "Writes words out",
        "Exclamation marks in more than half",
        "Emoji in more than half",
        "ask something back",
    ):
        assert words in said
    assert manner([]) == manner(["@ann"])[:0]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Sure thing -Becky", "Becky"),
        ("On it ^SL", "SL"),
        ("@ann We do. /RA", "RA"),
        ("We do, really", ""),
        ("", ""),
    ],
)
def test_a_signature_is_found(text: str, sign: str) -> None:
    """Without its mark; a reply without one has none."""
    assert sign_of(text) == sign


def test_one_signature_alone_is_no_habit() -> None:
    """Initials count when at least one reply in ten bears them."""
    assert signs(["We do -T", *["We do"] * 30]) == ()


GOOD = (
    "We do! Oat and soy.",
    "Til five today, four on Sundays.",
    "Ha, that bench has seen a lot. Which one were you on?",
    "Tom made that one. I'll tell him.",
    "It's the washed one this week, a bit of lemon in it.",
    "Sorry about the queue. Was it around eight?",
    "Yes, up the two steps, and there's a ramp by the side door.",
    "Dogs are the best regulars. What's yours called?",
    "No plans for that, but I like how you think.",
)
BAD = (
    "Thank you so much for reaching out! We're thrilled to hear from you! 🎉🎉🎉",
    "Check out our website https://shop.example for 20% off today only!!!",
    "DM us!",
)


def past(*texts: str) -> list[PastReply]:
    return [PastReply(str(n), f"@ann{n} {text}", "do you?") for n, text in enumerate(texts)]


def test_only_good_and_different_replies_are_learned_from() -> None:
    """What the checks mark, what is said twice and what is too short teaches nothing."""
    chosen = {reply.text for reply in best_replies(past(*GOOD, *BAD, GOOD[2], "ok"))}
    assert not any(bad in text for text in chosen for bad in BAD)
    assert sum(GOOD[2] in text for text in chosen) == 1
    assert len(chosen) >= FEWEST


def test_what_people_answered_comes_first() -> None:
    """A reply that somebody wrote back to is worth more."""
    replies = [*past(*GOOD[:3]), PastReply("9", GOOD[3], "who?", answered_back=True)]
    assert best_replies(replies)[0].id == "9"


def test_past_replies_change_only_the_manner_and_name_candidates() -> None:
    """Facts are named for somebody to check and never taken; evidence shows the replies."""
    found = voice_from_past(past(*GOOD), NOW)
    assert found is not None
    assert found.voice.facts == NOW.facts
    assert found.voice.who == NOW.who
    assert "Short" in found.voice.how
    assert 1 <= len(found.examples) <= 5
    assert any("Til five" in line for line in found.candidates)
    checking = next(line for line in found.evidence if "check it" in line)
    behind = found.evidence[found.evidence.index(checking) + 1 :]
    assert [line.strip("“”") for line in behind] == list(found.candidates)


def test_what_people_wrote_stays_however_often_a_voice_is_worked_out() -> None:
    """The counted line is replaced by the newer one; the team's own sentences stay."""
    own = replace(NOW, how="Dry humour is welcome.\nNever at anybody's cost.")
    first = voice_from_past(past(*GOOD), own)
    assert first is not None
    again = voice_from_past(past(*GOOD), first.voice)
    assert again is not None
    assert again.voice == first.voice
    assert first.voice.how.startswith(own.how)
    answered, _ = voice_from_answers(Answers(greeting="Morning!"), first.voice)
    anew, _ = voice_from_answers(Answers(greeting="Hiya!"), answered)
    assert anew.how == f"{first.voice.how}\nTo a regular we say: “Hiya!”"


def test_too_few_replies_are_said_to_be_so() -> None:
    """An honest sentence with the figures."""
    assert voice_from_past(past(*GOOD[:5], *BAD), NOW) is None
    assert "Of our 8 replies that are known here, 5 are good" in too_few(past(*GOOD[:5], *BAD))
