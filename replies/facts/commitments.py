"""Undertakings: the promises, offers, policies and places that a text states."""

from collections.abc import Iterator
from dataclasses import dataclass

import patterns as re
from replies.facts.figures import ClaimKind
from replies.text.stems import stems
from replies.text.wording import words

_END = r"[^.,;:!?\n—–]"

#: What is promised, by the words that promise it; facts that use a word of the same row cover it.
_DEEDS = {
    "money back": r"refund\w*|reimburs\w+|money back|compensat\w+",
    "another one": r"replac\w+|swap\w*|exchang\w+|a new one|another one",
    "sending": r"send\w*|sent|post(?:ed|ing)?|ship\w*|deliver\w*|dispatch\w*|mail\w*|courier\w*",
    "keeping": r"keep\w*|sav(?:e|ing)|hold\w*|put\w*|reserv\w+|set\w*",
    "mending": r"fix\w*|repair\w*|mend\w*|redo\w*|remak\w+|sort\w*",
    "giving": r"give|giving|gift\w*|credit\w*|treat\w*|cover\w*|pay\w*|waiv\w+|knock|honou?r\w*|match\w*|throw",
    "coming back": r"call\w*|ring\w*|phone|email|get back to|contact\w*|let you know|update you",
    "being ready": r"have it|have (?:them|that|yours?|one|your [a-z]+)|ready|done|finish\w*|bring it",
    "having": r"get|receive|have",
}
_WILL = r"(?:(?:we|i)(?:'ll| will| shall|'d| would| can| could)|we're going to|i'm going to)"
_HOW = r"(?: (?:happily|gladly|also|definitely|certainly|absolutely|always|just|then|even|of course|be|love to|happy to|be happy to|get)){0,3}"
_PROMISES = {
    "money back": rf"{_WILL}{_HOW} (?:refund\w*|reimburs\w+|compensat\w+|get you (?:a|your) (?:refund|money)|give you (?:a|your) (?:full )?(?:refund|money))",
    "another one": rf"{_WILL}{_HOW} (?:replace|swap|exchange|get you (?:a new|another|a replacement)|find you (?:a new|another)|give you (?:a new|another|a replacement)|make you (?:a new|another))",
    "sending": rf"{_WILL}{_HOW} (?:send|post|ship|deliver|dispatch|mail|courier|drop (?:one|it|them|some|a new))\b|\b(?:goes|going|is going|will go|are going) out (?:today|tomorrow|tonight|first thing|this week|on [a-z]+day|in the)\b",
    "keeping": rf"{_WILL}{_HOW} (?:keep|save|hold|reserve|put|set) (?:you |one|it|them|some|a |your |two |aside|by )",
    "mending": rf"{_WILL}{_HOW} (?:fix|repair|mend|redo|remake) (?:it|that|them|this|your|the)",
    "giving": rf"{_WILL}{_HOW} (?:give you|credit|treat you|cover|pay (?:for|you|the|your)|waive|knock|honou?r|match|throw in)\b",
    "coming back": rf"{_WILL}{_HOW} (?:call|ring|phone|email|get back to|contact) (?:you\b)",
    "being ready": rf"{_WILL}{_HOW} have (?:it|them|that|yours?|one|your [a-z]+)\b{_END}{{0,30}}?\b(?:ready|done|fixed|with you|back|finished|sorted|for you|by)\b|\b(?:it|they|that|yours|your [a-z]+)(?:'ll| will)(?: be| have)? (?:ready|done|fixed|with you|back|finished|sorted|arrive\w*|there)\b",
    "having": r"\byou(?:'ll| will) (?:definitely |certainly |also |always )?(?:get|receive|have (?:it|them|your|one|a))\b(?! (?:it|why|used|there|the hang|what|in|into|on|away|through|home|better|to|over|round|a lot)\b)",
    "done already": r"\b(?:i|we)(?:'ve| have)(?: just| already| now)? (?:refunded|credited|replaced|sent|posted|shipped|booked|reserved|upgraded|cancelled|reimbursed)\b|\b(?:refund|replacement|new one|voucher|gift card)(?:'s| is) on (?:its|the) way\b|\byou(?:'ll| will) hear (?:back |from us |from me )",
    "a word given": r"\b(?:we|i) (?:promise|guarantee)\b|\bguaranteed\b|\byou have (?:my|our) word\b",
}
_PROMISE = re.compile(
    "|".join(rf"(?P<p{place}>\b{words})" for place, words in enumerate(_PROMISES.values())).replace(
        r"\b\b", r"\b"
    ),
    re.IGNORECASE,
)
_DEED = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _DEEDS.items()}

_FREE_OF = r"(?<![-\w])(?<!feel )(?<!for )(?<!i'm )(?<!you're )(?<!are you )(?<!gluten )(?<!sugar )(?<!dairy )(?<!nut )(?<!hassle )(?<!stress )(?<!get )(?<!caffeine )(?<!set )"
_OFFER = re.compile(
    rf"{_FREE_OF}free (?!to\b|while\b|for\b|from\b|of\b|time\b|hand|range\b|speech\b|spirit|at\b|on\b|this\b|next\b|and\b|if\b|all\b|today\b|tomorrow\b|after\b|until\b)(?P<free>{_END}{{1,40}})"
    r"|\b(?:is|are|it's|they're|that's|comes?|(?:month|week|one|coffee|drink|delivery|session|lesson|visit|slice|postage|refill|entry)'s|yours|delivery|delivered|for) (?:totally |completely |always |all )?free\b(?! (?:to|from|of|on|at|this|next|after|if|time)\b|[-\w])"
    rf"|\b(?:next|first|another|replacement|coffee|drink|cake|lunch|round|refill|pint|treat|slice|one|it|them|postage|delivery|shipping)\b{_END}{{0,25}}? on (?:us|the house)\b"
    r"|\bhalf[- ]price\b|\b(?:2|two|3|three) for (?:1|one|2|two|£\d+)\b|\bbuy (?:one|1|two|2)\b[^.!?]{0,20}\bget\b[^.!?]{0,20}"
    rf"|\bcomplimentary (?P<gift>{_END}{{1,30}})|\b(?:a|with a|our|the|some|student|loyalty|staff|get|on) (?:discount|voucher|special offer)\w*\b"
    r"|\bno (?:extra )?charge\b|\b(?:kids?|children|students|dogs?|under.\d+s) (?:go|eat|stay|swim|travel|get in) free\b|\bwon't (?:be )?charged?\b|\bfree of charge\b|\bdiscount code\b|\bmoney off\b",
    re.IGNORECASE,
)
#: "That one's on us" owns a mistake; it gives nothing away.
_OWNING = re.compile(
    r"\b(?:that|this|it)(?: one)?(?:'s| is| was)(?: all| entirely)? on us", re.IGNORECASE
)
_GIFTS = {
    "free": r"\bfree\b|\bon us\b|\bon the house\b|\bcomplimentary\b|\bno (?:extra )?charge|\bgratis\b|\bwon't (?:be )?charge",
    "two for one": r"\b(?:2|two|3|three) for\b|\bbuy (?:one|1|two|2)\b|\bbogof\b",
    "half price": r"\bhalf[- ]price\b|\b50 ?% off",
    "cheaper": r"\bdiscount|\bvoucher|\boffer\b|\bmoney off\b|% off\b|\bloyalty\b",
}
_GIFT = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _GIFTS.items()}
MANY_FOR_ONE = re.compile(r"\b(?:2|two|3|three) for (?:1|one|2|two)\b", re.IGNORECASE)

_DO = r"(?:do|don't|do not|can|can't|cannot|could|never|always|still|only|also|currently|now|happily|gladly|just|already|no longer|definitely|certainly|actually|usually)"
_POLICY = re.compile(
    rf"\b(?:we|they)(?: {_DO}){{0,3}} (?P<verb>take|accept|allow|deliver|ship|post|cater|refund|exchange|"
    rf"price match|sell|repair|service|hire|rent|buy|host|teach|fit|stock|carry|serve|offer|charge)(?: (?:out|for|up))?(?P<what>(?: {_END[:-1]}\s]+){{0,8}})"
    r"|\b(?P<who>dogs?|pets?|kids?|children|prams?|buggies|laptops?|walk-?ins?|cards?|cash|bikes?|groups?|wheelchairs?|"
    r"pups?|babies|cats?|returns?|refunds?|exchanges?|bookings?|reservations?|students?|own cups?|takeaways?)"
    r"(?:'re| are| is|'s| aren't| isn't)?(?: (?:always|all|very|more than|totally|absolutely|not|n't|also|both)){0,2} "
    r"(?P<may>welcome|allowed|accepted|permitted|not allowed|fine|ok|okay|only|required|needed|possible)\b"
    r"|(?<!say )(?<!there's )\bno (?P<none>dogs|pets|kids|children|cash|cards?|laptops|returns?|refunds?|exchanges?|bookings?|"
    r"reservations?|minimum|fee|contracts?|appointments?|walk-?ins|deposit|cover charge|need to (?:book|reserve|ring|call|pay))\b"
    r"|\b(?:you|customers|people|anyone|everyone|students)(?: can| may|'re able to|'re welcome to|'re allowed to| are able to| are welcome to)"
    r"(?: (?:also|always|just|still|only|get it|easily|simply|either|even)){0,2} (?P<act>return|exchange|cancel|refund|"
    rf"collect|pre-?order|book|reserve|pay|bring (?:your|it|them|the|a|any|dogs|kids)|swap|get (?:a |your )?(?:refund|money))(?P<how>{_END}{{0,40}})"
    r"|\b(?P<within>returns?|refunds?|exchanges?|cancellations?)[^.!?]{0,15}\bwithin\b",
    re.IGNORECASE,
)
#: "We take it personally", "we take pride in": nothing is accepted.
_IDLE = re.compile(
    r"\A\s*(?:it|that|this|pride|care|time|note|notes|turns|part|the point|your point|responsibility|"
    r"feedback|you|our|ourselves|forever|ages|on)\b",
    re.IGNORECASE,
)
_GOODS_END = re.compile(
    r"(?<!\s)\s+(?:in|on|at|by|from|with|for|if|when|while|until|till|every|each|as|because|but|so|too|now|"
    r"here|there|after|before|under|over|only|and we|and they|within|all|any more|anymore|yet|"
    r"through|via|up|today|tomorrow|though|of)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NO = re.compile(
    r"\b(?:no|not|never|without|nor|cannot|closed|unable|neither|except|excluding)\b|\b\w+n't\b|\bcan't\b",
    re.IGNORECASE,
)

_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Square|Sq|Place|Row|Court|Ct|Drive|Dr|Quay|"
    r"Terrace|Gardens|Parade|Yard|Mews|Crescent|Boulevard|Blvd|Wharf|Way|Alley|Arcade)"
)
_PLACE = re.compile(
    rf"\b(?P<number>\d{{1,4}}[a-zA-Z]?),? (?P<street>(?:[A-Z][\w'’]{{1,20}} ){{1,3}}{_STREET})\b"
    rf"|\b(?:[Ww]e're|[Ww]e are|[Ff]ind us|[Cc]ome to|[Ii]t's|[Uu]s|[Ss]hop is|[Oo]ver) (?:on|at|in|off|to) (?P<on>(?:[A-Z][\w'’]{{1,20}} ){{1,3}}{_STREET})\b"
    r"|\b(?:[Ww]e're|[Ww]e are|[Ff]ind us) (?:right |just )?(?P<near>(?:opposite|next to|behind|across from|in front of) (?:the |[A-Z])[^.,;:!?\n]{2,30})"
)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """Something a text says the business does: what kind, in which words, about what.

    Attributes:
        deed: a promise's or offer's row of words; facts that use one of them cover it.
        about: the stems of what it is about, all of which a fact must know.
        denies: it says that something is not done.
    """

    kind: ClaimKind
    words: str
    start: int
    deed: str = ""
    about: frozenset[str] = frozenset()
    denies: bool = False


def promises(text: str) -> Iterator[Undertaking]:
    """Yield what is promised: "we'll refund you", "I'll have it ready by", "you'll get"."""
    for match in _PROMISE.finditer(text):
        deed = list(_PROMISES)[int((match.lastgroup or "p0")[1:])]
        yield Undertaking(ClaimKind.PROMISE, _to_end(text, match), match.start(), deed)


def offers(text: str) -> Iterator[Undertaking]:
    """Yield what is given away or made cheaper."""
    for match in _OFFER.finditer(text):
        owning = _OWNING.search(text, max(0, match.start() - 12), match.end())
        if owning and not match["free"]:
            continue
        goods = _GOODS_END.sub("", match["free"] or match["gift"] or "")
        said = match.group() if not goods else match.group().split(goods)[0] + goods
        if not goods:
            before = re.split(r",|;|\band\b|\bbut\b|\bso\b", text[: match.start()])[-1]
            said = before + match.group()
        gift = next((name for name, gift in _GIFT.items() if gift.search(said)), "cheaper")
        about = frozenset(sorted(stems(goods or _GIFT[gift].sub("", said)))[:3])
        yield Undertaking(ClaimKind.OFFER, said.strip(), match.start(), gift, about)


def policies(text: str) -> Iterator[Undertaking]:
    """Yield what is allowed, taken, sold or refused as a rule."""
    for match in _POLICY.finditer(text):
        about = _about(match)
        if not about or _IDLE.match(match["what"] or ""):
            continue
        said = re.sub(r"\s+", " ", _GOODS_END.sub("", match.group())) or match.group()
        if match["how"] or match["within"]:
            said = match.group()
        denies = _NO.search(match.group()) is not None
        yield Undertaking(ClaimKind.POLICY, said.strip(), match.start(), about=about, denies=denies)


def places(text: str) -> Iterator[Undertaking]:
    """Yield where something is said to be: "12 High Street", "we're on Mill Lane"."""
    for match in _PLACE.finditer(text):
        named = match["street"] or match["on"] or match["near"]
        about = frozenset(words(f"{match['number'] or ''} {named}"))
        yield Undertaking(ClaimKind.PLACE, match.group(), match.start(), about=about)


def does(deed: str, text: str) -> bool:
    """Tell whether a text speaks of a promise's kind of deed, or an offer's."""
    pattern = _DEED.get(deed) or _GIFT.get(deed)
    return pattern is not None and pattern.search(text) is not None


def denied(text: str, stem_sought: str) -> bool:
    """Tell whether a clause says no beside a word: "no dogs", "dogs are not allowed"."""
    for clause in re.split(r"[.;:!?,()\n]|\bbut\b|(?=\bexcept\b)", text):
        if stem_sought in stems(clause):
            return _NO.search(clause) is not None
    return False


def _about(match: re.Match[str]) -> frozenset[str]:
    if match["verb"]:
        verb, what = match["verb"].casefold(), match["what"]
        sent = re.match(
            r"\A\s*(?:anywhere )?(?:to|as far as|across|throughout)\s+(.*)", what, re.DOTALL
        )
        goods = _GOODS_END.sub("", sent.group(1) if sent else what)
        about = set(stems(goods) | (stems(verb) if verb == "price match" else frozenset()))
        if verb in {"deliver", "ship", "post"}:
            about |= {"deliver"} if verb != "post" else set()
        if verb in {"refund", "exchange"}:
            about |= stems(verb)
        return frozenset(about)
    if match["who"] or match["none"] or match["within"]:
        return stems(match["who"] or match["none"] or match["within"])
    return stems(match["act"]) | stems(_GOODS_END.sub("", match["how"] or ""))


def _to_end(text: str, match: re.Match[str]) -> str:
    """Return a promise's words with the few that follow: what is promised."""
    rest = re.compile(_END + "{0,24}(?![\\w'])").match(text, match.end())
    return (match.group() + (rest.group() if rest else "")).strip()
