"""The daily and the weekly summary under fixed and under any words and counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import (
    AccountStats,
    Counts,
    Digest,
    DigestFacts,
    MemberDay,
    Mention,
    MentionState,
    Mood,
    Outcome,
    Post,
    Proposal,
    Span,
    SpanCounts,
    TalkKind,
    Theme,
    ToDo,
    ToDoKind,
    VoiceRule,
)
from insights.stats import figures, period
from tests.views.cards import HOSTILE, NOW, assert_slack_takes, facts, labels, seen
from tests.views.filling import message_taken
from tests.views.test_card_any import any_words, long_words
from views.reports.digest import digest_message
from views.reports.digest_week import week_message

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 24)
SPAN = Span(NOW - timedelta(days=1), NOW)


def a_mention(mention_id: str = "1900", **more: Any) -> Mention:
    """Return a mention that waits."""
    made = facts(**more).mention
    return replace(made, id=mention_id, post=replace(made.post, id=mention_id))


def a_digest(**more: Any) -> Digest:
    """Return a full day's summary; `more` goes to its facts."""
    waiting, face = a_mention("1"), a_mention("2", name="Omar", handle="omar")
    given: dict[str, Any] = {
        "span": SPAN,
        "wrote": 14,
        "caught": 16,
        "answered": 9,
        "waiting": ("1",),
        "waiting_all": 3,
        "themes": (Theme("oat milk", ("7", "8"), 4),),
        "members": (MemberDay("U1", "Maya", approved=5, edited=2, skipped=1),),
        "seen_by_hand": 1,
        "came_back": ("1",),
        "came_back_all": 1,
        "new_face": "2",
        "mood": Mood(5, 2, 16, 30, 20, 90),
        "aside": 4,
        "costs": {"x": 1_230_000, "model": 40_000},
        "to_do": ToDo(ToDoKind.ANSWER, "1"),
        **more,
    }
    posts = [waiting.post, replace(face.post, id="8")]
    return Digest(
        DAY,
        DigestFacts(**given),
        mentions={"1": waiting, "2": face},
        posts={"7": replace(posts[0], id="7"), "8": posts[1]},
        links={"1": "https://x.com/c"},
    )


def test_a_day_is_told_people_first_and_one_thing_to_do_last() -> None:
    """Who wrote and waits, what about, who did what, what it cost, and what to do."""
    made = digest_message(a_digest(), LONDON)
    words = seen(made.blocks)
    order = [
        "*Tuesday, 24 November* · 14 people wrote, 9 were answered, 3 wait.",
        "*Waiting longest*",
        "2 more wait: `/greenroom waiting` lists them.",
        "*Words that came up*",
        "*oat milk* · 4 posts",
        "*Came back to talk:*",
        "*A new face:*",
        "What we did: Maya approved 5, edited 2 and let 1 go; 1 reply written on X itself.",
        "Mood, by words: 5 of 16 posts kind (33% the week before), 2 complaining (22%).",
        "4 posts set aside. It cost X $1.23 and the model $0.04.",
        "*One thing to do:* answer",
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places, [part for part in order if part not in words]
    assert places == sorted(places)
    assert labels(made.blocks) == ["Open the card", "Snooze…"]
    assert_slack_takes(made.text, made.blocks)
    assert "One thing to do: answer @annlee" in made.text


def test_the_models_themes_have_another_heading() -> None:
    """Only what something read and understood is called what people talked about."""
    made = digest_message(a_digest(themes_by_model=True), LONDON)
    assert "*What people talked about*" in seen(made.blocks)
    assert "Words that came up" not in seen(made.blocks) + made.text


def test_a_quiet_day_is_one_line_and_keeps_its_proposal() -> None:
    """Nothing is told of a day on which nothing was, but the rule waits for an answer."""
    quiet = Digest(DAY, DigestFacts(SPAN, waiting_all=1, aside=2))
    made = digest_message(quiet, LONDON)
    assert seen(made.blocks) == (
        "*Tuesday, 24 November* · A quiet day: nobody wrote. 1 person waits: `/greenroom waiting`."
        " 2 posts set aside."
    )
    rule = Proposal("p", "t", VoiceRule("No marks.", "t"), "You did.", (("A!", "A."),), NOW)
    asked = digest_message(replace(quiet, proposal=rule), LONDON)
    assert labels(asked.blocks) == ["Adopt", "Drop"]
    assert "A rule to decide on: No marks." in asked.text


def test_a_late_summary_says_when_it_was_due_at_the_business() -> None:
    """Nobody wonders why it comes at night."""
    late = replace(
        a_digest().facts, late=True, span=Span(NOW, datetime(2026, 7, 1, 16, tzinfo=UTC))
    )
    made = digest_message(replace(a_digest(), facts=late), LONDON)
    assert "it was due at 17:00" in seen(made.blocks)
    assert "it was due at 17:00" in made.text


def test_words_of_posts_that_are_gone_are_not_shown() -> None:
    """What X deleted is told by nobody: no quote, no new face, nothing to do about it."""
    gone = {
        key: replace(m, post=replace(m.post, text="")) for key, m in a_digest().mentions.items()
    }
    bare = replace(a_digest(), mentions=gone, posts={})
    words = seen(digest_message(bare, LONDON).blocks)
    assert "ethiopian" not in words
    assert "A new face" not in words
    assert "One thing to do" not in words
    assert "(gone from X)" in words


def test_a_mood_of_few_posts_is_counted_and_not_compared() -> None:
    """Of three posts no percentage is told."""
    words = seen(digest_message(a_digest(mood=Mood(1, 1, 3)), LONDON).blocks)
    assert "1 kind and 1 complaining of 3 posts." in words
    assert "%" not in words


def week(now: SpanCounts, before: SpanCounts, *, whole: bool = True) -> AccountStats:
    """Return a week's figures."""
    asked = period(7, NOW, LONDON)
    since = asked.before.begin if whole else asked.now.begin
    counts = Counts(now, before, ((0, 0),) * len(asked.bars), None, since, since)
    return figures(counts, asked, handle="copperkettle")


def test_the_week_is_held_against_the_one_before() -> None:
    """Each figure has the earlier one in brackets, where there is a record of it."""
    now = SpanCounts(
        kinds={TalkKind.REPLY: 40, TalkKind.PLAIN: 5},
        people=12,
        came_back=3,
        connections=57,
        outcomes={Outcome.ANSWERED: 30, Outcome.OPEN: 6},
    )
    before = replace(now, people=9, connections=55, kinds={TalkKind.REPLY: 31})
    words = seen(week_message(week(now, before), LONDON).blocks)
    assert "You went back and forth with *12 people* (9); 3 came back (3)." in words
    assert "You really talk with *57 people* (55)" in words
    assert "40 replies (31), 5 posts about yourselves (0)." in words
    assert "Of the posts worth an answer, 30 of 36 = 83% got one (30 of 36 = 83%)." in words
    alone = seen(week_message(week(now, before, whole=False), LONDON).blocks)
    assert "(9)" not in alone
    assert "nothing is compared" in alone


def test_a_week_without_anything_is_one_line() -> None:
    """No rows of zeros."""
    made = week_message(week(SpanCounts(), SpanCounts()), LONDON)
    assert len(made.blocks) == 1
    assert "was quiet" in made.text


numbers = st.integers(0, 10**9)


@settings(max_examples=120, deadline=None)
@given(
    words=long_words,
    name=long_words,
    handle=any_words,
    count=st.tuples(*[numbers] * 6),
    many=st.tuples(*[st.integers(0, 6)] * 4),
    state=st.sampled_from(list(MentionState)),
    kind=st.none() | st.sampled_from(list(ToDoKind)),
    flags=st.tuples(*[st.booleans()] * 5),
)
def test_any_words_and_counts_make_a_summary_that_slack_takes(
    words: str,
    name: str,
    handle: str,
    count: tuple[int, ...],
    many: tuple[int, ...],
    state: MentionState,
    kind: ToDoKind | None,
    flags: tuple[bool, ...],
) -> None:
    """Titles, names, posts and watches are anybody's words, in any number."""
    mention = a_mention("1", state=state, words=words, name=name, handle=handle, assignee=name)
    rule = Proposal("p", "t", VoiceRule(words, "t"), words, ((words, name),) * 3, NOW)
    told = DigestFacts(
        SPAN,
        wrote=count[0],
        caught=count[1],
        answered=count[2],
        waiting=("1",) * min(many[0], 3),
        waiting_all=count[3],
        themes=(Theme(words, ("7", "8"), count[4]),) * min(many[1], 3),
        themes_by_model=flags[0],
        members=(MemberDay("U1", name, *count[:4]),) * many[2],
        seen_by_hand=count[5],
        came_back=("1",) * min(many[3], 5),
        came_back_all=count[3],
        new_face="1" if flags[1] else None,
        mood=Mood(count[0], count[1], count[2], count[3], count[4], count[5]),
        aside=count[0],
        costs={"x": count[1], "model": count[2]},
        to_do=ToDo(kind, "1" if flags[2] else words, count[0], count[1]) if kind else None,
        late=flags[2],
    )
    post = Post("7", words, mention.post.author, NOW)
    digest = Digest(
        DAY,
        told,
        mentions={"1": mention},
        posts={"7": post, "8": replace(post, id="8")},
        links={"1": "https://x.com/c"} if flags[3] else {},
        proposal=rule if flags[4] else None,
        practice=flags[0],
        so_far=flags[1],
    )
    made = digest_message(digest, LONDON)
    assert_slack_takes(made.text, made.blocks)
    message_taken(made.blocks)


def test_hostile_words_stay_words() -> None:
    """Names, posts and titles call nobody and link nowhere."""
    mention = a_mention("1", words=HOSTILE, name=HOSTILE, handle=HOSTILE)
    digest = replace(
        a_digest(themes=(Theme(HOSTILE, ("7",), 2),), members=(MemberDay("U1", HOSTILE, 1),)),
        mentions={"1": mention, "2": mention},
        posts={"7": mention.post},
    )
    made = digest_message(digest, LONDON)
    assert_slack_takes(made.text, made.blocks)


@settings(max_examples=60, deadline=None)
@given(
    handle=long_words,
    count=st.tuples(*[numbers] * 8),
    waits=st.dictionaries(st.integers(0, 100_000), st.integers(1, 99)),
    whole=st.booleans(),
)
def test_any_week_makes_a_summary_that_slack_takes(
    handle: str, count: tuple[int, ...], waits: dict[int, int], whole: bool
) -> None:
    """Any figures, any handle."""
    now = SpanCounts(
        kinds={TalkKind.REPLY: count[0], TalkKind.PLAIN: count[1], TalkKind.LINK: count[2]},
        people=count[3],
        came_back=count[4],
        connections=count[5],
        outcomes={Outcome.ANSWERED: count[6], Outcome.OPEN: count[7]},
        waits=waits,
    )
    made = week_message(replace(week(now, now, whole=whole), handle=handle, practice=whole), LONDON)
    assert_slack_takes(made.text, made.blocks)
    message_taken(made.blocks)
