"""Figures: the prices, shares, lengths of time and other numbers that a text states."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import patterns as re

#: What a taken stretch is overwritten with, so that nobody reads it twice.
TAKEN = "\x7f"


class ClaimKind(StrEnum):
    """What a claim is about; one check a kind names the first that nothing covers."""

    PRICE = "price"
    SHARE = "percentage"
    NUMBER = "number"
    HOURS = "hours"
    DATE = "date"
    PLACE = "place"
    PROMISE = "promise"
    OFFER = "offer"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text states: its words, where they stand, and what it is worth.

    `unit` is the currency's sign, "%" , "minutes" for lengths of time, or "". `idle` says that
    nobody is held to it: "give me two minutes".
    """

    kind: ClaimKind
    words: str
    start: int
    value: Decimal
    unit: str = ""
    idle: bool = False


_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_SPELT = "|".join(sorted([*_SMALL, *_LARGE], key=len, reverse=True))
NUMBER_WORDS = rf"(?:(?:an? )?(?:{_SPELT})(?:[ -](?:and )?(?:{_SPELT})){{0,4}})"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,9}(?:\.\d{1,4}|,\d\d(?!\d))?)"

_SIGNS = {
    "£": "£ gbp pound pounds quid p pence",
    "$": "$ usd dollar dollars buck bucks",
    "€": "€ eur euro euros",
    "c": "c ct cents cent",
    "¥": "¥ jpy yen",
    "₹": "₹ inr rupees rupee",
    "chf": "chf francs franken",
    "kr": "kr sek nok dkk",
}
_SIGN_OF = {word: sign for sign, names in _SIGNS.items() for word in names.split()}
_HUNDREDTHS = {"p", "pence", "c", "ct", "cent", "cents"}
_NOTES = {"fiver": 5, "tenner": 10}
_AFTER = "|".join(sorted((word for word in _SIGN_OF), key=len, reverse=True)).replace("$", r"\$")
_PRICE = re.compile(
    rf"(?P<sign>[£$€¥₹])\s?(?P<amount>{_DIGITS})"
    rf"|(?<![\w.,-])(?P<number>{_DIGITS}|{NUMBER_WORDS})\s?(?P<unit>{_AFTER})(?!\w|\.?m\b)"
    r"|\b(?P<note>fiver|tenner)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?<![\w.,-])(?P<number>{_DIGITS}|{NUMBER_WORDS})\s?(?:%|per ?cent\b|percent\b|prozent\b)",
    re.IGNORECASE,
)
_WHOLE = 100
_SURE = re.compile(
    r"\s*(?:$|[.,!]|agree|with|right|sure|yes|on\b|this|that|understand|here|hear|get|worth|"
    r"deserved|true|team|certain|correct|behind|there\b)",
    re.IGNORECASE,
)
_MINUTES = {
    "minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440, "night": 1440, "week": 10080,
    "fortnight": 20160, "month": 43200, "year": 525600, "yr": 525600,
}  # fmt: skip
_LENGTH = re.compile(
    rf"(?<![\w.,/-])(?:(?P<low>{_DIGITS}|{NUMBER_WORDS})\s?(?:-|–|to|or)\s?)?"
    rf"(?P<number>{_DIGITS}|{NUMBER_WORDS})[\s-]?(?:working |business |whole |full |more )?"
    rf"(?P<unit>{'|'.join(sorted(_MINUTES, key=len, reverse=True))})s?(?P<whose>['’]s?)?(?!\w)",
    re.IGNORECASE,
)
_JUST_A_MOMENT = re.compile(
    r"\b(?:give (?:me|us|it)|hang on|hold on|bear with us)\s*\Z|\bif\b[^.,!?]{0,40}\Z",
    re.IGNORECASE,
)
_WITHIN_ONE = re.compile(
    r"\b(?:takes?|taking|within|ready in|back in|lasts?)\s(?:about |around |roughly |just |only )?"
    rf"(?:an?|one|1)\s(?P<unit>{'|'.join(sorted(_MINUTES, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
#: Digits that state nothing: marks out of ten, ordinals, decades, names such as V60 or 2FA.
_NO_NUMBER = re.compile(
    r"\b\d{1,3}(?:/|\s?out of\s?)(?:5|10|100)\b|\b100\s?(?:%|per ?cent)|\b50/50\b|\b\d{1,4}(?:st|nd|rd|th|s|x)\b|<3|"
    r"\b(?=\w*[A-Za-z])(?=\w*\d)(?!\d+(?:g|kg|mg|ml|cl|l|oz|lb|lbs|km|m|cm|mm|mph|k|w|kw|v|gb|"
    r"mb|tb|in|ft|ha|mi|plus)\b)[\w-]+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.,/:#-])(?P<number>{_DIGITS})(?:k\b)?"
    r"(?P<unit>\s?(?:g|kg|mg|ml|cl|l|oz|lb|lbs|km|m|cm|mm|mph|w|kw|v|gb|mb|tb|in|ft|ha|mi)\b)?"
    r"(?![\w/:])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_CLAIMED = re.compile(
    r"\b(?:since|from|in|established|est\.?|founded|until|till)\s*\Z", re.IGNORECASE
)
#: A number in words states something only beside what can be counted, in words about us.
_COUNTED = re.compile(
    rf"(?<![\w-])(?P<number>(?!one\b){NUMBER_WORDS})\s(?:different |more |other |separate )?"
    r"(?:[a-z]{3,}[- ])?(?P<noun>[a-z]{2,}[^s\W]s|people|staff|branches|children)(?!\w)",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"\b(?:we|our|ours|us|there are|there's|it takes|comes in|stocks?)\b", re.IGNORECASE
)
_ABOUT_ME = re.compile(r"\b(?:i|my|me|mine|i'[a-z]+)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s(?!(?:and|or|but|of|in|on|at|to|for|is|are|was|so)\b)[^\W\d_]{2,20}")
_IDIOM = re.compile(
    r"\b(?:two|three|five|ten|a (?:hundred|thousand|million)) (?:minds|cents|times|thumbs|"
    r"things|words|reasons|ways)\b",
    re.IGNORECASE,
)


def worth(words: str) -> Decimal:
    """Return what a number is worth, in figures or in words: "1,200", "twenty-five", "a dozen"."""
    # "3,50" is three and a half, "1,200" twelve hundred.
    bare = re.sub(r",(\d\d)\Z", r".\1", words.strip().casefold()).replace(",", "")
    if bare[:1].isdigit():
        return Decimal(bare)
    total = 0
    for word in re.split(r"[ -]", bare):
        if word in _LARGE:
            total = (total or 1) * _LARGE[word]
        else:
            total += _SMALL.get(word, 0)
    return Decimal(total)


def taken(text: str, start: int, end: int) -> str:
    """Return a text with a stretch overwritten."""
    return text[:start] + TAKEN * (end - start) + text[end:]


def prices(text: str) -> Iterator[Figure]:
    """Yield the sums of money and the shares in hundredths."""
    for match in _PRICE.finditer(text):
        if match["note"]:
            value, unit = Decimal(_NOTES[match["note"].casefold()]), "£"
        elif match["sign"]:
            value, unit = worth(match["amount"]), match["sign"]
        else:
            name = match["unit"].casefold()
            value, unit = worth(match["number"]), _SIGN_OF[name]
            value = value / 100 if name in _HUNDREDTHS else value
        yield Figure(ClaimKind.PRICE, match.group(), match.start(), value, unit)
    for match in _SHARE.finditer(text):
        value = worth(match["number"])
        if value != _WHOLE or not _SURE.match(text, match.end()):
            yield Figure(ClaimKind.SHARE, match.group(), match.start(), value, "%")


def lengths(text: str) -> Iterator[Figure]:
    """Yield lengths of time, in minutes: "20 mins", "two to three weeks", "30-day"."""
    for match in _LENGTH.finditer(text):
        if match["number"].casefold() in {"one", "1"} and match["low"] is None:
            continue
        idle = _JUST_A_MOMENT.search(text, max(0, match.start() - 50), match.start()) is not None
        minutes = _MINUTES[match["unit"].casefold()]
        for number in (match["low"], match["number"]):
            if number is not None:
                value = worth(number) * minutes
                yield Figure(ClaimKind.NUMBER, match.group(), match.start(), value, "minutes", idle)
    for match in _WITHIN_ONE.finditer(text):
        value = Decimal(_MINUTES[match["unit"].casefold()])
        yield Figure(ClaimKind.NUMBER, match.group(), match.start(), value, "minutes")


def numbers(text: str) -> Iterator[Figure]:
    """Yield what else is stated in figures, or counted in words: "300 kinds", "two branches"."""
    for match in _NO_NUMBER.finditer(text):
        text = taken(text, match.start(), match.end())
    for match in _NUMBER.finditer(text):
        number = match["number"]
        if _YEAR.fullmatch(number) and not _YEAR_CLAIMED.search(text, 0, match.start()):
            continue
        yield Figure(ClaimKind.NUMBER, _with_next_word(text, match), match.start(), worth(number))
    if not _ABOUT_US.search(text) or _ABOUT_ME.search(text):
        return
    for match in _COUNTED.finditer(text):
        if not _IDIOM.match(match.group()):
            yield Figure(ClaimKind.NUMBER, match.group(), match.start(), worth(match["number"]))


def _with_next_word(text: str, match: re.Match[str]) -> str:
    following = _NEXT_WORD.match(text, match.end())
    return match.group() + (following.group() if following else "")
