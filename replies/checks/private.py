"""Private: what belongs to one person and not on a public page, found in a text."""

from collections.abc import Iterator

import patterns as re

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){13,18}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(
    r"(?<![\w£$€.,/#-])(?:\+|\(\+?|00)?\d(?:[\s().-]{0,2}\d){6,14}(?![\w%£€]|[.,]\d)"
)
_CALLING = re.compile(
    r"\b(?:call|ring|phone|tel\w*|mobile|number|text|whatsapp|line|reach)\b", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:order|booking|account|reference|ref|tracking|invoice|customer|ticket|case|confirmation|"
    r"reservation|membership|member|policy|receipt|parcel|consignment|sort code|passport|patient)"
    r"\b\.?(?:\s?(?:number|no\.?|num\b|id\b|code|ref(?:erence)?))?(?:\s?(?:is|was|ends in)\b)?\s?[:#]?\s?#?"
    r"(?P<number>(?=[\w-]*\d{3})[A-Za-z0-9][\w-]{3,29})\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    # The business's own address is none of this: it is for all to know.
    r"\b(?:[Yy]our|[Hh]is|[Hh]er|[Tt]heir|to you at)\b[^.!?\n\d]{0,30}(?P<address>\d{1,4}[a-zA-Z]?,? (?:[A-Z][\w']{1,20} ){1,3}[^.!?\n]{0,40}?"
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?))\b"
)
_DATE_LIKE = re.compile(r"(?:19|20)\d\d[-./ ]\d\d?[-./ ]\d\d?|\d\d?[-./ ]\d\d?[-./ ](?:19|20)\d\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[\s,-]*){2,}")
_FEWEST_PHONE = 9
_MOST_PHONE = 15
_A_PHONE, _AN_EMAIL = "a phone number", "an e-mail address"
#: How a business may be reached, and what it tells to whoever asks.
WAYS_TO_REACH = frozenset({_A_PHONE, _AN_EMAIL})


def private_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is private, in a word or two, and how it stands in the text.

    E-mail addresses, card and bank account numbers, phone and order numbers, and a house's
    address with its postcode.
    """
    for match in _EMAIL.finditer(text):
        yield _AN_EMAIL, match.group()
    for match in _CARD.finditer(text):
        if _is_card(match.group()):
            yield "a card number", match.group()
    for match in _IBAN.finditer(text):
        yield "a bank account", match.group()
    for match in _ORDER.finditer(text):
        yield "an order or account number", match["number"]
    for match in _POSTCODE.finditer(text):
        yield "somebody's address", match["address"]
    for match in _PHONE.finditer(text):
        if _is_phone(match.group(), text[max(0, match.start() - 30) : match.start()]):
            yield _A_PHONE, match.group()


def _is_card(found: str) -> bool:
    """Tell whether the last digit is the check digit of the others (Luhn)."""
    digits = [int(char) for char in found if char.isdigit()][::-1]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def _is_phone(found: str, before: str) -> bool:
    bare = found.strip()
    if _DATE_LIKE.fullmatch(bare) or _YEARS.fullmatch(bare):
        return False
    count = sum(char.isdigit() for char in bare)
    if _FEWEST_PHONE <= count <= _MOST_PHONE:
        # A book's number (ISBN) begins so, too, and is public.
        return not re.sub(r"\D", "", bare).startswith(("978", "979")) or bare.startswith("+")
    return count >= _FEWEST_PHONE - 2 and _CALLING.search(before) is not None
