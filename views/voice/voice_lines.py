"""How a voice's facts, rules, signatures and sums are written in its window, and read again."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

import patterns as re
from domain import Fact, VoiceRule

_CHECKED = re.compile(r"\s*\(\s*checked\b:?\s*([^()]*)\)\s*\Z", re.IGNORECASE)
_TODAY = {"", "today", "now", "just now"}
_DATE_FORM = "Write the day like (checked 2026-11-03), or (checked today)."
_LONGEST_WORDS = 60
_LONGEST_RULE = 300
_QUOTED = re.compile(r"[“\"„]([^“”\"„]{1,60})[”\"“]")
_SIGN_MARKS = "-–—~*/^."
_SIGN = re.compile(r"[^\W\d_]{1,15}\Z")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?\Z")
_SUM = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?\Z")
_MOST_SUM = Decimal(1_000_000)


def fact_line(fact: Fact) -> str:
    """Write a fact on its line, the day on which it was checked behind it."""
    checked = f" (checked {fact.checked_on.isoformat()})" if fact.checked_on else ""
    return f"{fact.line}{checked}"


def read_fact(line: str, today: date) -> Fact:
    """Read a fact as people write it.

    Raises:
        ValueError: says what is wrong with the line, to the person who wrote it.
    """
    found = _CHECKED.search(line)
    if found is None:
        return Fact.from_line(line)
    words = line[: found.start()].strip()
    if not words:
        raise ValueError(f"There is no fact before “{found.group().strip()}”.")
    return Fact.from_line(words, _day(found.group(1).strip(), today))


def _day(text: str, today: date) -> date:
    if text.casefold() in _TODAY:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text[:30]}” is not a day I can read. {_DATE_FORM}") from None
    # Somewhere on earth it is tomorrow already.
    if day > today + timedelta(days=1):
        raise ValueError(f"{day.isoformat()} is yet to come. {_DATE_FORM}")
    return day


def rule_line(rule: VoiceRule) -> str:
    """Write a rule on its line."""
    return " ".join(rule.text.split())


def read_rule(line: str, known: Iterable[VoiceRule]) -> VoiceRule:
    """Read a rule: a known one stays as it was, a new one minds the words in its “quotes”.

    Raises:
        ValueError: says what is wrong with the line.
    """
    for rule in known:
        if rule_line(rule) == line:
            return rule
    if len(line) > _LONGEST_RULE:
        raise ValueError(f"“{line[:30]}…” is long for a rule: {_LONGEST_RULE} characters at most.")
    phrases = (" ".join(found.split()) for found in _QUOTED.findall(line))
    return VoiceRule(line, "", tuple(dict.fromkeys(words for words in phrases if words)))


def read_words(line: str) -> tuple[str, ...]:
    """Read words from a line, one or several with commas between.

    Raises:
        ValueError: names what is longer than a word or a phrase.
    """
    found = []
    for part in line.split(","):
        words = part.strip().strip("“”\"'").strip()
        if len(words) > _LONGEST_WORDS:
            raise ValueError(f"“{words[:30]}…” is more than a few words. One a line, please.")
        if words:
            found.append(words)
    return tuple(found)


def read_signs(text: str) -> tuple[str, ...]:
    """Read the initials that may close a reply, without the dash before them.

    Raises:
        ValueError: names what is none.
    """
    found = []
    for part in re.split(r"[,;\s]+", text):
        bare = part.strip(_SIGN_MARKS)
        if bare and not _SIGN.match(bare):
            raise ValueError(f"“{bare[:30]}” is no initials. Write them like: T, MK, Maya.")
        if bare:
            found.append(bare)
    return tuple(dict.fromkeys(found))


def read_sum(text: str) -> Decimal | None:
    """Read a sum of money with or without its sign; None where nothing is written.

    Raises:
        ValueError: it is no sum.
    """
    bare = re.sub(r"[^\d.,\-]", "", text)
    if not text.strip():
        return None
    if _THOUSANDS.match(bare):
        bare = bare.replace(",", "")
    elif _SUM.match(bare):
        bare = bare.replace(",", ".")
    else:
        raise ValueError("Write a sum like 25 or 19.50, or leave it empty.")
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise ValueError("Write a sum like 25 or 19.50, or leave it empty.") from None
    if amount > _MOST_SUM:
        raise ValueError("That is more than anybody refunds. Write a sum like 25.")
    return amount
