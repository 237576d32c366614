"""Judging: is a post worth a person's time? Rules and past decisions, no model, no network.

Whether it needs a person is decided first: a cry for help that looks like a giveaway is none.
"""

from collections.abc import Collection, Iterator, Sequence

from domain import MentionKind, Person, Post, Voice, Watch
from replies.drafting.hand_over import HARASSMENT, topic_for
from replies.text.portion import portion
from replies.triage.abuse import judge_abuse
from replies.triage.disambiguation import is_closing, judge_headline, judge_language, judge_sense
from replies.triage.feedback import Lessons
from replies.triage.filters import aside_rules
from replies.triage.names import feed_of, our_names
from replies.triage.reading import PostReading, read
from replies.triage.tables import Finder, table
from replies.triage.verdicts import Verdict, aside, worth

_NO_LESSONS = Lessons()
_WELCOME = table("welcome")
_TROUBLE = Finder.of(_WELCOME["trouble"])
_OCCASION = Finder.of(_WELCOME["occasion"])
_MANY_HANDLES = 3
_MANY_HASHTAGS = 3
#: Decided before anything is filtered: no rule and no lesson sets such a post aside.
NEEDS_PERSON = "needs a person"
#: The rule of last resort: nothing speaks for an answer.
_CHATTER = "chatter"


def judge(
    text: str,
    *,
    author: Person | None = None,
    watch: Watch | None = None,
    account_handle: str | None = None,
    also_named: Sequence[str] = (),
    lessons: Lessons = _NO_LESSONS,
    above: Sequence[Post] = (),
    answered: bool = False,
) -> Verdict:
    """Judge whether a post is worth answering. Takes half a millisecond, for the longest posts about 12.

    Args:
        text: the post, unaltered.
        author: who wrote it.
        watch: what caught it; a watch of kind `mention` catches only what is for us.
        account_handle: our own handle without @; None takes any handle in the post for us.
        also_named: handles of businesses, for where our own is not known: their names count
            without @, too.
        lessons: what the team decided in this watch before.
        above: the conversation above the post, the oldest first.
        answered: the account answered this very post already.
    """
    if answered:
        return aside("answered", "The account answered it already.")
    judged = portion(text)
    for_us = watch is not None and watch.kind is MentionKind.MENTION
    names = our_names(account_handle, watch, also_named)
    reading = read(judged, account_handle=account_handle, names=names, to_us=for_us)
    abuse = judge_abuse(reading)
    topic = topic_for(text, Voice())
    # Whoever only throws abuse is no matter for a person; whoever tells of it is.
    if topic is not None and not (abuse and topic.key == HARASSMENT and not reading.first_person):
        return worth(NEEDS_PERSON, f"It needs a person: this is {topic.words}.")
    if abuse is not None and abuse.rule not in lessons.silent_rules:
        return abuse
    learned = lessons.judge(judged, author.id if author else None)
    if learned is not None:
        return learned
    verdicts = _verdicts(reading, author, _after_us(above, account_handle))
    return _first_heard(verdicts, lessons.silent_rules, silenced=abuse is not None)


def _first_heard(
    verdicts: Iterator[Verdict], silent_rules: Collection[str], *, silenced: bool
) -> Verdict:
    """Return the first verdict that no lesson silences.

    Where one was silenced, having nothing else to say for a post is no reason against it.
    """
    for verdict in verdicts:
        if not verdict.worth_answering and verdict.rule in silent_rules:
            silenced = True
        elif not (silenced and verdict.rule == _CHATTER):
            return verdict
    return worth("no reason left", "You brought such posts back before.", sure=False)


def _verdicts(reading: PostReading, author: Person | None, after_us: bool) -> Iterator[Verdict]:
    """Yield what the rules say, the weightiest first."""
    if not reading.words:
        yield _wordless(reading)
    yield from filter(None, (rule.judge(reading) for rule in aside_rules()))
    if author is not None and not reading.to_us and (feed := feed_of(author)):
        yield aside(feed[0], f"Its author looks like {feed[1]}: {{found}}.", f"@{author.handle}")
    if reading.to_us:
        yield from _to_us(reading, after_us)
    elif reading.handles and not reading.about_us:
        yield from _to_others(reading)
    yield from _to_nobody(reading)


def _to_us(reading: PostReading, after_us: bool) -> Iterator[Verdict]:
    """Judge what names us: nearly all of it deserves an answer."""
    if is_closing(reading) and not reading.asks:
        yield aside("closed", "It ends the talk: {found}.", reading.said, sure=after_us)
    if len(reading.handles) > _MANY_HANDLES and not reading.asks and reading.dealing is None:
        yield aside("among others", "It talks among many: {found}.", reading.whole, sure=False)
    if reading.asks:
        yield worth("asks us", "It asks us: {found}.", reading.said)
    yield worth("names us", "It speaks to us: {found}.", reading.said)


def _to_others(reading: PostReading) -> Iterator[Verdict]:
    """Judge what only names other people: joining in would mostly intrude."""
    if reading.plea is not None and not reading.second_person:
        yield worth("asks for help", "It asks for help: {found}.", reading.plea, sure=False)
    yield aside("among others", "It talks to somebody else: {found}.", f"@{reading.handles[0]}")


def _to_nobody(reading: PostReading) -> Iterator[Verdict]:
    """Judge what a keyword caught: most of it wants no answer from a business."""
    yield from filter(
        None, (judge_sense(reading), judge_headline(reading), judge_language(reading))
    )
    if len(reading.hashtags) >= _MANY_HASHTAGS:
        yield aside("hashtags", "It is written for hashtags: {found}.", " ".join(reading.hashtags))
    if reading.plea is not None:
        yield worth("asks for help", _WELCOME["plea"]["why"], reading.plea)
    if reading.about_us:
        yield worth("about us", "It is about us: {found}.", reading.said)
    if reading.dealing is not None:
        yield worth("dealings", _WELCOME["dealing"]["why"], reading.dealing, sure=False)
    if reading.business is not None:
        yield worth(
            "dealings", "It seems to name a business: {found}.", reading.business, sure=False
        )
    if trouble := _TROUBLE.find(reading.said):
        yield worth("trouble", _WELCOME["trouble"]["why"], trouble, sure=False)
    if occasion := _OCCASION.find(reading.said):
        yield worth("occasion", _WELCOME["occasion"]["why"], occasion, sure=False)
    doubtful = reading.asks or reading.first_person
    yield aside(_CHATTER, "It speaks to nobody: {found}.", reading.said, sure=not doubtful)


def _wordless(reading: PostReading) -> Verdict:
    if reading.to_us and reading.said:
        return worth("names us", "It speaks to us: {found}.", reading.said, sure=False)
    return aside("no words", "There are no words in it.")


def _after_us(above: Sequence[Post], account_handle: str | None) -> bool:
    """Tell whether the last word above the post was ours."""
    if not above or account_handle is None:
        return False
    return above[-1].author.handle.casefold() == account_handle.casefold()
