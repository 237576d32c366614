"""Learning: what the team's edits have in common, as rules that people may adopt.

Nothing here trains anything. A habit is counted in edits; a person makes a rule of it, or not.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain import TakenText, Voice, VoiceRule
from replies.learning.applying import apply_rules
from replies.learning.traits import DROP, SHORTER, STYLES, SWAP, TO, had_chance, phrase_of, traits
from replies.learning.word_edits import changes, ends_tell, holds_phrase, in_a_row
from replies.text.wording import words

__all__ = ["Habit", "apply_rules", "changes", "habits", "strongest_habit", "traits"]

#: A pattern repeats when this many edits show it …
LEAST_EDITS = 3
#: … and they are this share of the suggestions in which it could have shown.
LEAST_SHARE = 0.6
_MOST_PAIRS = 3
#: Rules that would work against each other.
_OPPOSITES = {"no_question": "added_question", "added_question": "no_question"}


@dataclass(frozen=True, slots=True)
class Habit:
    """A pattern in the team's edits: the rule it speaks for, how often it showed, examples."""

    trait: str
    rule: VoiceRule
    shown: int
    chances: int
    pairs: tuple[tuple[str, str], ...]

    @property
    def told(self) -> str:
        """What was seen, in one sentence."""
        if (style := STYLES.get(self.trait)) is not None:
            return style.told.format(shown=self.shown, chances=self.chances)
        gone, _, come = self.trait.partition(":")[2].partition(TO)
        of = f"{self.shown} of the last {self.chances} suggestions that had it"
        if come:
            return f"You wrote “{come}” in place of “{gone}” in {of}."
        return f"You took “{gone}” out of {of}."


def strongest_habit(
    taken: Sequence[TakenText], *, voice: Voice, not_again: Collection[str] = ()
) -> Habit | None:
    """Return the habit that speaks loudest for a new rule; None when there is none.

    Args:
        taken: what the team decided on of late, kept texts too, oldest first.
        voice: its rules and the words it avoids are no news.
        not_again: traits that were proposed of late.
    """
    for habit in habits(taken):
        if not _is_rule(habit, voice) and not _was_proposed(habit, not_again):
            return habit
    return None


def habits(taken: Sequence[TakenText]) -> list[Habit]:
    """Return the patterns that repeat, the strongest first; a kept suggestion counts against.

    Strongest is what most edits show; then the greater share; then style before single words.
    """
    counts = Counter(trait for each in taken for trait in each.traits)
    rows = [in_a_row(each.before) for each in taken]
    found = []
    for trait, shown in counts.items():
        if shown < LEAST_EDITS:
            continue
        chances = max(shown, _chances(trait, taken, rows))
        if shown >= LEAST_SHARE * chances:
            found.append(Habit(trait, rule_for(trait), shown, chances, _pairs(trait, taken)))
    return sorted(found, key=_strength)


def _chances(trait: str, taken: Sequence[TakenText], rows: Sequence[str]) -> int:
    """Count the suggestions in which a trait could have shown; `rows` are their words."""
    phrase = phrase_of(trait)
    if phrase is not None:
        wanted = in_a_row(phrase)
        return sum(wanted in row for row in rows)
    return sum(
        trait in each.traits or had_chance(trait, each.before, each.person) for each in taken
    )


def rule_for(trait: str) -> VoiceRule:
    """Return the rule that a trait becomes when it is adopted."""
    if (style := STYLES.get(trait)) is not None:
        return VoiceRule(style.rule, trait)
    gone, _, come = trait.partition(":")[2].partition(TO)
    if come:
        return VoiceRule(f"Write “{_written(come)}”, not “{_written(gone)}”.", trait, (gone,))
    return VoiceRule(f"Do not write “{_written(gone)}”.", DROP.rstrip(":"), (gone,))


def _written(phrase: str) -> str:
    return phrase.replace("'", "’")


def _pairs(trait: str, taken: Sequence[TakenText]) -> tuple[tuple[str, str], ...]:
    """Return up to three different pairs that show a trait, newest first."""
    shown = ((each.before, each.after) for each in reversed(taken) if trait in each.traits)
    return tuple(dict.fromkeys(shown))[:_MOST_PAIRS]


def _strength(habit: Habit) -> tuple[object, ...]:
    """Return what puts the strongest habit first; the trait's name makes the order certain."""
    order = list(STYLES)
    phrase = phrase_of(habit.trait) or ""
    if habit.trait in STYLES and habit.trait != SHORTER:
        kind = order.index(habit.trait)
    elif phrase:
        kind = len(order) + (0 if habit.trait.startswith(SWAP) else 1)
    else:
        kind = len(order) + 2
    telling = (-ends_tell(phrase), -len(phrase.split())) if phrase else (0, 0)
    return (-habit.shown, -habit.shown / habit.chances, kind, telling, habit.trait)


def _is_rule(habit: Habit, voice: Voice) -> bool:
    """Tell whether the voice says so already, or says the opposite."""
    named = {rule.trait for rule in voice.rules}
    if habit.rule.trait in named - {"drop_word"} or _OPPOSITES.get(habit.trait) in named:
        return True
    if any(words(rule.text) == words(habit.rule.text) for rule in voice.rules):
        # Somebody wrote the very same rule by hand.
        return True
    phrase = phrase_of(habit.trait)
    known = [*voice.avoid, *(each for rule in voice.rules for each in rule.phrases)]
    return phrase is not None and any(_alike(phrase, each.casefold()) for each in known)


def _was_proposed(habit: Habit, not_again: Collection[str]) -> bool:
    phrase = phrase_of(habit.trait)
    earlier = [before for trait in not_again if (before := phrase_of(trait)) is not None]
    return habit.trait in not_again or (
        phrase is not None and any(_alike(phrase, before) for before in earlier)
    )


def _alike(one: str, other: str) -> bool:
    """Tell whether one of two phrases is a part of the other."""
    return holds_phrase(one, other) or holds_phrase(other, one)
