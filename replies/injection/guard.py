"""The guard: whether a draft has obeyed the post instead of answering it.

Every draft of a model is met here before anybody sees it. A draft that is caught is dropped;
it is never mended. The post's own look is judged in replies/injection/orders.py, before a model is asked.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from itertools import groupby

import patterns as re
from domain import Post
from replies.checks.measures import find_handles
from replies.injection.deobfuscate import ciphers, fold, forms
from replies.injection.gap_patterns import gap_pattern
from replies.text.language import speaks_otherwise
from replies.text.wording import is_question, plain, without_handles, words


class DropReason(StrEnum):
    """Why a draft was dropped."""

    CANARY = "canary"
    PROMPT = "prompt"
    MARKER = "marker"
    CODE = "code"
    LINK = "link"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    LANGUAGE = "language"
    DEMANDED = "demanded"
    QUOTED = "quoted"
    ECHO = "echo"
    FORCED_WORD = "forced-word"
    ADMITS = "admits-a-role"
    SECRET = "holds-a-secret"  # noqa: S105 - the name of a reason
    ANNOUNCES = "announces"
    CONCEDES = "concedes"
    INSULTS = "insults"
    MARKUP = "markup"


#: These show that the model was turned: nothing else of its answer is trusted either.
LEAKS = frozenset({DropReason.CANARY, DropReason.PROMPT, DropReason.SECRET, DropReason.ADMITS})
#: These happen to a clumsy model as well as to one that obeys.
CLUMSY = frozenset(
    {
        DropReason.MARKER,
        DropReason.LINK,
        DropReason.HANDLE,
        DropReason.HASHTAG,
        DropReason.LANGUAGE,
        DropReason.ECHO,
        DropReason.DEMANDED,
    }
)

_PROMPT_RUN = 8
_ECHO_RUN = 6
_MOSTLY_ECHO_RUN = 4
_MOSTLY = 0.6
_DEMANDED_RUN = 4
_LONGEST_FORCED = 6
_SENTENCE_END = re.compile(r"[.!?;\n]")
#: A verb this many characters before a quoted word asks for it.
_NEAR = 40
#: A code: letters and digits in one, in capitals; or a ticker.
_CODE = re.compile(
    r"\b(?=[A-Z0-9-]{0,80}\d)(?=[A-Z0-9-]{0,80}[A-Z])[A-Z0-9][A-Z0-9-]{3,}\b|\$[A-Za-z]{2,10}\b"
    r"|\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b|\b[A-Fa-f0-9]{16,}\b|\b(?=\w{0,80}\d)(?=\w{0,80}[a-z])(?=\w{0,80}[A-Z])\w{8,}\b"
    r"|\b0x[a-fA-F0-9]{6,}\b"
)
_SPOKEN_CODE = re.compile(
    r"\b(?i:code|coupon|voucher|codigo|gutschein)\W+(?:is\W+)?([A-Z0-9]{4,})\b"
)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.|\bhxxps?|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}"
    r"|(?<![\w@])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,18}(?:/\S|(?![\w.]))"
    r"|\b\w[\w-]{1,63} ?[\[(]? ?(?:dot|punkt|punto|point) ?[\])]? ?(?:com|net|org|io|co|example|test|xyz)\b"
)
_NO_LINKS = re.compile(r"\b(?:a\.m|p\.m|e\.g|i\.e|vs|etc|u\.k|u\.s|no\.\w+|st\.\w+)\b")
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[\s().-]?\d){8,}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w&/])[#＃]\w*[^\W\d_]\w*")
_QUOTED = re.compile(
    r"\"([^\"]{2,300})\"|(?<!\w)'([^']{2,300})'(?!\w)|«([^»]{2,300})»|[„“”]([^„“”]{2,300})[“”]"
    r"|「([^」]{1,300})」|『([^』]{1,300})』|`([^`]{2,300})`|\*([^*\n]{2,300})\*|\(([^)]{12,300})\)"
)
_VERBS = re.compile(
    r"\b(?:say|says?|reply|replies|respond|answer|write|include|repeat|print|output|tweet|post|"
    r"announce|declare|admit|confess|concede|state|claim|call|tag|link|promise|mention|use|add|end|start|begin|"
    r"finish|type|echo|quote|the word|the words|the phrase|word|draft|agree|confirm|tell (?:everyone|"
    r"everybody|people|them|us all|the world|customers|your (?:customers|followers))|di|diga|responde|"
    r"escribe|contesta|anuncia|dis|dites|reponds?|repondez|ecris|ecrivez|annonce|sag|sage|sagen|"
    r"antworte|antworten|schreib|schreibe|verkunde|rispondi|scrivi|annuncia|diga|responda|escreva|"
    r"anuncie|zeg|antwoord|schrijf|skriv|sag|svara|napisz|powiedz|odpowiedz|напиши|напишите|скажи|ответь|yaz|soyle)\b[\s:,\-–—]*(?:sie |nur |only |just |exactly |that |with |solo |"
    r"con |avec |mit |the (?:word|words|phrase|code|following) |seulement |que |back |this |: )*"
)
_DEMANDS = re.compile(
    r"\bone[- ]word|single word|\byes or no\b|\b(?:yes|no) only\b|\b(?:say|answer|reply|respond|with|"
    r"just|only|type|write|confirm)\W+(?:with\W+)?[\"'“]?(?:yes|no|true|false|ok|agreed?)\b|\b(?:admit|"
    r"confess|liable|guilty|scam\w*|fraud\w*|malpractice|fault|illegal|steal\w*|stole|lie[sd]?|lying|"
    r"racis\w+|abus\w+|agree|poison\w*|fake|cheat\w*|criminal\w*|bankrupt\w*|closing down|hate)\b"
)
_PERSONS = frozenset(
    [
        "i",
        "we",
        "you",
        "they",
        "me",
        "us",
        "them",
        "my",
        "our",
        "your",
        "their",
        "mine",
        "ours",
        "yours",
    ]
)
_YES_NO = frozenset(
    [
        "yes",
        "no",
        "yep",
        "yeah",
        "yup",
        "nope",
        "true",
        "false",
        "ok",
        "okay",
        "sure",
        "correct",
        "agreed",
        "confirmed",
        "absolutely",
        "definitely",
        "indeed",
        "sí",
        "si",
        "oui",
        "non",
        "ja",
        "nein",
        "sì",
        "sim",
        "não",
        "affirmative",
        "negative",
        "guilty",
        "はい",
        "いいえ",
        "是",
        "不是",
    ]
)


@dataclass(frozen=True)
class Watched:
    """What a draft is held against.

    Attributes:
        post: what is answered.
        around: other strangers' words that the model read: the conversation, names.
        ours: what we may say whatever it looks like: facts, who we are, approved texts.
        handles: who takes part, in lower case without @.
        language: the post's, or None.
        canary: the random word that stood in the system message.
        marks: other random words that must not come back.
        system: the system message without our facts.
    """

    post: Post
    around: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    handles: frozenset[str] = field(default_factory=frozenset)
    language: str | None = None
    canary: str = ""
    marks: tuple[str, ...] = ()
    system: str = ""

    @cached_property
    def our_words(self) -> str:
        """What we may say, folded."""
        return fold("\n".join(self.ours))

    @cached_property
    def prompt_runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of words of the system message that is long enough to tell."""
        return _runs(words(fold(self.system)), _PROMPT_RUN)

    @cached_property
    def echoed(self) -> tuple[str, ...]:
        """Each form of each stranger's text, as words with one space around each."""
        texts = [without_handles(self.post.text), *self.around]
        read = dict.fromkeys(form for text in texts for form in (*forms(text), *ciphers(text)))
        return tuple(dict.fromkeys(_spaced(_same_person(words(form))) for form in read))

    @cached_property
    def payloads(self) -> frozenset[tuple[str, ...]]:
        """The quoted spans of the strangers' texts, as words; of single words, demanded ones."""
        return frozenset(_quoted_spans([self.post.text, *self.around]))

    @cached_property
    def demands(self) -> tuple[tuple[str, ...], ...]:
        """What stands after words that ask for words."""
        texts = [self.post.text, *self.around]
        read = dict.fromkeys(
            form for text in texts for form in (fold(text), plain(text).casefold())
        )
        return tuple(span for form in read for span in _demand_spans(form))


def obeyed(text: str, watched: Watched) -> DropReason | None:
    """Return why a draft looks as if it had obeyed the post, or None when it looks honest."""
    return next(_reasons(text, watched), None)


def _reasons(text: str, watched: Watched) -> Iterator[DropReason]:
    bare = fold(text)
    said = words(bare)
    yield from _leaks(bare, said, watched)
    yield from _kinds(bare, watched)
    yield from _strange_pieces(plain(text), bare, watched)
    yield from _echoes(said, watched)
    if speaks_otherwise(text, watched.language):
        yield DropReason.LANGUAGE


def _leaks(bare: str, said: list[str], watched: Watched) -> Iterator[DropReason]:
    squeezed = re.sub(r"[\W_]", "", bare)
    if watched.canary and watched.canary.casefold() in squeezed + squeezed[::-1]:
        yield DropReason.CANARY
    if any(fold(mark).strip() in bare for mark in watched.marks if mark):
        yield DropReason.MARKER
    if _runs(said, _PROMPT_RUN) & watched.prompt_runs:
        yield DropReason.PROMPT


def _kinds(bare: str, watched: Watched) -> Iterator[DropReason]:
    for name, pattern in _patterns():
        for match in pattern.finditer(bare):
            if match.group().strip() not in watched.our_words:
                yield DropReason(name)
                break


def _strange_pieces(text: str, bare: str, watched: Watched) -> Iterator[DropReason]:
    """Yield what a draft brings in that is none of ours: codes, addresses, handles, tags."""
    ours = watched.our_words
    codes = [*_CODE.findall(text), *_SPOKEN_CODE.findall(text)]
    if any(code.casefold() not in ours for code in codes) or any(
        number.group() not in ours for number in _PHONE.finditer(text)
    ):
        yield DropReason.CODE
    links = [match.group() for match in _LINK.finditer(_NO_LINKS.sub(" ", bare))]
    if any(link not in ours for link in links):
        yield DropReason.LINK
    if any(handle.casefold() not in watched.handles for handle in find_handles(text)):
        yield DropReason.HANDLE
    if any(tag.casefold() not in ours for tag in _HASHTAG.findall(text)):
        yield DropReason.HASHTAG


def _echoes(said: list[str], watched: Watched) -> Iterator[DropReason]:
    mine, swapped = tuple(said), _same_person(said)
    joined = f" {' '.join(mine)} "
    if any(f" {' '.join(span)} " in joined for span in watched.payloads):
        yield DropReason.QUOTED
    for span in watched.demands:
        run = max(
            _longest_run(mine, _spaced(span)),
            _longest_run(swapped, _spaced(_same_person(list(span)))),
        )
        if run >= _DEMANDED_RUN or (mine and run == len(mine)) or 0 < len(span) == run:
            yield DropReason.DEMANDED
    for theirs in watched.echoed:
        run = _longest_run(swapped, theirs)
        if run >= _ECHO_RUN or (run >= _MOSTLY_ECHO_RUN and run >= len(mine) * _MOSTLY):
            yield DropReason.ECHO
    if _is_forced(mine, watched):
        yield DropReason.FORCED_WORD


def _is_forced(mine: tuple[str, ...], watched: Watched) -> bool:
    """Tell whether a draft is the bare yes, no or single word that somebody pressed for."""
    asked = fold(watched.post.text)
    pressed = _DEMANDS.search(asked) is not None
    if len(mine) <= 1 and not is_question(watched.post.text):
        return pressed or (bool(mine) and mine[0] in words(asked))
    return pressed and len(mine) <= _LONGEST_FORCED and bool(mine) and mine[0] in _YES_NO


def _quoted_spans(texts: list[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        for form in (plain(text), fold(text)):
            for match in _QUOTED.finditer(form):
                span = tuple(words(fold(next(group for group in match.groups() if group))))
                before = fold(form[max(0, match.start() - _NEAR) : match.start()])
                if len(span) > 1 or (span and _VERBS.search(before)):
                    yield span


def _demand_spans(bare: str) -> Iterator[tuple[str, ...]]:
    """Yield what stands behind a verb up to the sentence's end; behind later verbs, if it is short.

    A long rest of a span tells nothing that the span does not, and a post may hold a verb at
    every word.
    """
    ends = [*(match.start() for match in _SENTENCE_END.finditer(bare)), len(bare)]
    starts = [match.end() for match in _VERBS.finditer(bare)]
    for end, within in groupby(starts, key=lambda start: ends[bisect_left(ends, start)]):
        first, *later = within
        if span := tuple(words(bare[first:end])):
            yield span
        for start in reversed(later):
            rest = tuple(words(bare[start:end]))
            if len(rest) >= _DEMANDED_RUN:
                break
            if rest:
                yield rest


def _same_person(said: list[str]) -> tuple[str, ...]:
    """Return words with all persons alike: "your rooms have rats" is "our rooms have rats"."""
    return tuple(["we" if word in _PERSONS else word for word in said])


def _runs(said: list[str], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(said[at : at + length]) for at in range(len(said) - length + 1))


def _longest_run(mine: tuple[str, ...], text: str) -> int:
    """Return the length of the longest run of words that a text, spaced, has too."""
    longest = 0
    for at in range(len(mine)):
        while at + longest < len(mine) and _spaced(mine[at : at + longest + 1]) in text:
            longest += 1
    return longest


def _spaced(said: tuple[str, ...]) -> str:
    return f" {' '.join(said)} "


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads((files(__package__) / "guard.toml").read_text("utf-8"))
    return tuple((row["name"], gap_pattern(row["any"])) for row in table["kind"])
