"""Tone against mood: being cheerful to somebody who is sad, joking to somebody who complains."""

from collections.abc import Iterator

from domain import Check, CheckLevel
from replies.rules import word_lists
from replies.text.wording import plain

#: A post's mood is sought in this much of it.
_READ = 600


def tone_checks(judged: str, post_text: str) -> Iterator[Check]:
    """Yield a check where a reply laughs or cheers and the post gives no cause for it."""
    moods, said = word_lists("moods.toml"), judged.lower()
    felt = plain(post_text[:_READ]).lower()
    sad = moods["sad"].search(felt)
    upset = sad or moods["complaint"].search(felt)
    if sad and (found := moods["party"].search(said) or moods["laughing"].search(said)):
        why = f"Too cheerful (“{found.group()}”) for a post that says “{sad.group()}”."
        yield Check("cheerful-to-sad", CheckLevel.MIND, why)
    elif upset and (found := moods["laughing"].search(said)):
        why = f"Jokes (“{found.group()}”) with somebody who writes “{upset.group()}”."
        yield Check("joke-to-complaint", CheckLevel.MIND, why)
