"""What was set aside: the day's line and the hours' lists."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import MentionState, SetAside
from tests.views.cards import HOSTILE, assert_slack_takes, button, facts, labels, seen
from tests.views.test_card_any import any_words, long_words
from views.blocks.action_ids import ActionId, button_value
from views.triage.filtered import POSTS_A_MESSAGE, aside_hour, aside_line

ZONE = ZoneInfo("America/Los_Angeles")
HOUR = datetime(2026, 11, 24, 15, tzinfo=UTC)
#: Slack documents no number; beyond about this a message is refused as too long.
WHOLE_MESSAGE = 13_000


def entry(
    number: int = 0,
    *,
    words: str = "win a free mug, tag three friends",
    name: str = "Sip & Win",
    handle: str = "sipandwin",
    why: str = "Giveaway: “win a free”.",
    state: MentionState = MentionState.SET_ASIDE,
    by: str | None = None,
) -> SetAside:
    mention = facts(state, words=words, name=name, handle=handle).mention
    numbered = str(1900 + number)
    return SetAside(
        replace(mention, id=numbered, post=replace(mention.post, id=numbered)),
        "giveaway",
        why,
        HOUR + timedelta(minutes=number % 60),
        brought_back_at=HOUR + timedelta(minutes=5) if by else None,
        brought_back_by=by,
    )


def test_the_days_line_is_one_sentence_without_a_button() -> None:
    """How many, what of it, and where: in correct English, on the business's date."""
    made = aside_line(date(2026, 11, 24), 12, 0)
    assert made.text == (
        "Set aside on 24 November: 12 posts not worth your time. They are in this thread."
    )
    assert "12 posts not worth your time. They are in this thread." in seen(made.blocks)
    assert "Set aside on 24 November" in seen(made.blocks)
    assert len(made.blocks) == 1
    assert labels(made.blocks) == []
    one = aside_line(date(2026, 11, 24), 1, 1).text
    assert one.endswith("1 post not worth your time, 1 of them brought back. It is in this thread.")
    assert_slack_takes(made.text, made.blocks)


def test_each_post_stands_with_person_words_reason_link_and_the_way_back() -> None:
    """Everything that a member needs to see that a post was worth it after all."""
    (made,) = aside_hour(HOUR, [entry()], zone=ZONE)
    words = seen(made.blocks)
    for part in ("Sip &amp; Win", "@sipandwin", "tag three friends", "Giveaway", "View on X"):
        assert part in words
    back = button(made.blocks, "Bring back")
    assert back["action_id"] == ActionId.BRING_ASIDE_BACK
    assert back["value"] == button_value("1900")
    assert "07:00 to 08:00" in made.text


def test_what_was_brought_back_says_by_whom_and_has_no_button() -> None:
    """It stays listed: nothing vanishes."""
    answered = MentionState.ANSWERED
    made = aside_hour(HOUR, [entry(state=answered, by="Maya"), entry(1, state=answered)], zone=ZONE)
    assert "brought back by *Maya*" in seen(made[0].blocks)
    assert "answered on X" in seen(made[0].blocks)
    assert labels(made[0].blocks) == []


def test_the_words_of_a_deleted_post_are_not_shown() -> None:
    """X asks that they go from wherever they are shown."""
    for gone in (entry(words="secret", state=MentionState.GONE), entry(words="")):
        (made,) = aside_hour(HOUR, [gone], zone=ZONE)
        assert "secret" not in seen(made.blocks)
        assert "gone from X" in seen(made.blocks)


def test_more_posts_than_fit_go_into_further_messages() -> None:
    """None is left out, and a part that is full looks the same when more come."""
    sixty = [entry(number) for number in range(60)]
    parts = aside_hour(HOUR, sixty, zone=ZONE)
    assert sum(len(labels(part.blocks)) for part in parts) == 60
    assert "part 2" in parts[1].text
    assert "part" not in parts[0].text
    longer = aside_hour(HOUR, [*sixty, entry(60)], zone=ZONE)
    assert longer[:4] == parts[:4]
    assert aside_hour(HOUR, [], zone=ZONE) == []


@settings(max_examples=100, deadline=None)
@given(
    words=long_words,
    name=long_words,
    handle=any_words,
    why=long_words,
    by=st.one_of(st.none(), long_words),
    state=st.sampled_from(list(MentionState)),
    number=st.integers(1, POSTS_A_MESSAGE * 2),
)
def test_any_words_make_a_list_that_slack_takes(
    words: str,
    name: str,
    handle: str,
    why: str,
    by: str | None,
    state: MentionState,
    number: int,
) -> None:
    """No text breaks a limit of Slack or smuggles markup in, however many posts there are."""
    one = entry(words=words, name=name, handle=handle, why=why, state=state, by=by)
    numbered = [replace(one, mention=replace(one.mention, id=str(n))) for n in range(number)]
    for made in aside_hour(HOUR, numbered, zone=ZONE):
        assert_slack_takes(made.text, made.blocks)
        assert len(seen(made.blocks)) < WHOLE_MESSAGE


def test_signs_that_grow_when_escaped_still_fit() -> None:
    """An ampersand is five characters to Slack."""
    signs = [entry(n, words="&" * 280, name="<" * 50, why=">" * 400) for n in range(60)]
    for made in aside_hour(HOUR, signs, zone=ZONE):
        assert_slack_takes(made.text, made.blocks)
        assert len(seen(made.blocks)) < WHOLE_MESSAGE
    (hostile,) = aside_hour(HOUR, [entry(words=HOSTILE, name=HOSTILE, why=HOSTILE)], zone=ZONE)
    assert_slack_takes(hostile.text, hostile.blocks)
