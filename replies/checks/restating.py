"""Restating: telling people what they just said, as machines do before they answer."""

from collections.abc import Iterator

import patterns as re
from domain import Check, CheckLevel
from replies.text.wording import is_question, plain, without_handles, words

#: A sentence that holds this share of the post's own words, and so many of them, says it again.
_SHARE = 0.6
_FEWEST = 4
#: A sentence that cries out needs fewer.
_FEWEST_CRIED = 2
_CRIED_SHARE = 0.5
#: So many words in a row are the post's sentence, not an answer that needs them.
_LONGEST_RUN = 6
_READ = 400
_SENTENCE = re.compile(r"[^.!?\n]{1,300}[.!?\n]*")
_COMMON = frozenset(
    [
        "that",
        "this",
        "with",
        "have",
        "from",
        "they",
        "your",
        "what",
        "when",
        "which",
        "there",
        "their",
        "about",
        "would",
        "could",
        "should",
        "been",
        "just",
        "like",
        "some",
        "than",
        "then",
        "them",
        "were",
        "will",
        "does",
        "really",
        "very",
        "more",
        "into",
        "over",
        "only",
        "also",
        "because",
        "anyone",
        "know",
        "where",
        "while",
        "after",
        "before",
        "again",
        "still",
    ]
)


def restating_checks(judged: str, post_text: str) -> Iterator[Check]:
    """Yield a check when a statement in the reply says the post over again.

    Whoever answers a question, or asks one back, needs the post's words: neither is minded.
    """
    if is_question(post_text):
        return
    theirs = words(without_handles(plain(post_text[:_READ])))
    telling = {_stem(word) for word in theirs if _tells(word)}
    for sentence in _SENTENCE.findall(judged):
        if "?" in sentence:
            continue
        mine = words(sentence)
        shared = telling & {_stem(word) for word in mine if _tells(word)}
        fewest, share = (_FEWEST_CRIED, _CRIED_SHARE) if "!" in sentence else (_FEWEST, _SHARE)
        enough = len(shared) >= max(fewest, share * len(telling))
        if enough or _longest_run(mine, theirs) >= _LONGEST_RUN:
            said = " ".join(sentence.split())[:60]
            yield Check("restates-the-post", CheckLevel.MIND, f"Says their post again: “{said}”.")
            return


def _tells(word: str) -> bool:
    return len(word) > 3 and word not in _COMMON  # noqa: PLR2004 - shorter words say little


def _stem(word: str) -> str:
    """Cut a word's ending, so that loved and loving are love."""
    return word[:5]


def _longest_run(mine: list[str], theirs: list[str]) -> int:
    """Return how many words in a row both texts hold."""
    longest, before = 0, [0] * (len(theirs) + 1)
    for word in mine:
        now = [0] * (len(theirs) + 1)
        for place, other in enumerate(theirs, 1):
            if word == other:
                now[place] = before[place - 1] + 1
        longest, before = max(longest, *now), now
    return longest
