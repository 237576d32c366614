"""X's search syntax: a query becomes a test that a post passes or not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from sandbox.x import text as x_text
from sandbox.x.posts import XPost
from sandbox.x.state import XState

LONGEST = 512
Test = Callable[[XPost], bool]
_TOKEN = re.compile(
    r'(?:(?P<open>-?\()|(?P<close>\))|(?P<phrase>-?"[^"]*")|(?P<quoted>-?\w+:"[^"]*")'
    r'|(?P<word>[^\s()"]+)|(?P<stray>"))'
)
_NEVER_ALONE = ("is", "has", "lang")


class QueryError(ValueError):
    """A query that X would refuse; the message is X's complaint."""


@dataclass(frozen=True)
class _Clause:
    test: Test
    positive: bool  # whether it alone may carry a query
    stands_alone: bool


def parse(query: str, state: XState) -> Test:
    """Make a test of a query in X's search syntax.

    Raises:
        QueryError: the query is empty, malformed, or matches by exclusion only.
    """
    tokens = _tokens(query)
    if not tokens:
        raise QueryError("Rule must contain at least one clause (at position 0)")
    reader = _Reader(tokens, state)
    clause = reader.either()
    if reader.position < len(tokens):
        raise QueryError(f"missing '(' for ')' (at position {reader.at()})")
    if not clause.positive:
        raise QueryError(
            "Rule must contain at least one positive, non-stopword clause (at position 1)"
        )
    if not clause.stands_alone:
        raise QueryError("is/has/lang cannot be used as a standalone operator (at position 1)")
    return clause.test


def _tokens(query: str) -> list[tuple[str, str, int]]:
    found = []
    position = 0
    while rest := query[position:].lstrip():
        position = len(query) - len(rest)
        match = _TOKEN.match(query, position)
        if match is None or match.lastgroup is None or match.lastgroup == "stray":
            raise QueryError(f"no viable alternative at input '\"' (at position {position + 1})")
        kind = match.lastgroup
        found.append((kind, match.group(kind), match.start(kind) + 1))
        position = match.end()
    return found


class _Reader:
    """Reads clauses: words side by side all count, OR binds weaker, parentheses group."""

    def __init__(self, tokens: list[tuple[str, str, int]], state: XState) -> None:
        self.tokens = tokens
        self.position = 0
        self.state = state

    def at(self) -> int:
        tokens = self.tokens
        return tokens[self.position][2] if self.position < len(tokens) else tokens[-1][2]

    def _peek(self) -> tuple[str, str]:
        if self.position < len(self.tokens):
            kind, words, _ = self.tokens[self.position]
            return kind, words
        return "end", ""

    def either(self) -> _Clause:
        choices = [self.every()]
        while self._peek() == ("word", "OR"):
            self.position += 1
            choices.append(self.every())
        if len(choices) == 1:
            return choices[0]
        tests = [choice.test for choice in choices]
        return _Clause(
            test=lambda post: any(test(post) for test in tests),
            positive=all(choice.positive for choice in choices),
            stands_alone=all(choice.stands_alone for choice in choices),
        )

    def every(self) -> _Clause:
        clauses = []
        while True:
            kind, words = self._peek()
            if kind in {"end", "close"} or words == "OR":
                break
            clauses.append(self.one())
        if not clauses:
            raise QueryError(f"no viable alternative at input 'OR' (at position {self.at()})")
        tests = [clause.test for clause in clauses]
        return _Clause(
            test=lambda post: all(test(post) for test in tests),
            positive=any(clause.positive for clause in clauses),
            stands_alone=any(clause.stands_alone for clause in clauses),
        )

    def one(self) -> _Clause:
        kind, words = self._peek()
        start = self.at()
        self.position += 1
        negated = words.startswith("-") and len(words) > 1
        words = words[1:] if negated else words
        if kind == "open":
            clause = self.either()
            if self._peek()[0] != "close":
                raise QueryError(f"missing ')' at '<EOF>' (at position {start})")
            self.position += 1
        elif kind == "phrase":
            clause = _Clause(_phrase(words.strip('"')), positive=True, stands_alone=True)
        else:
            clause = self._term(words, start)
        if not negated:
            return clause
        inner = clause.test
        return _Clause(lambda post: not inner(post), positive=False, stands_alone=False)

    def _term(self, words: str, start: int) -> _Clause:
        if words in {"and", "AND", "or"}:
            wanted = "OR" if words == "or" else "a space"
            raise QueryError(
                f"Ambiguous use of {words} as a keyword. Use {wanted} to join two clauses, or"
                f' "{words}" to find occurrences of {words} in text (at position {start})'
            )
        if words.startswith("@"):
            return _Clause(_mentions(words[1:]), positive=True, stands_alone=True)
        if words.startswith("#"):
            return _Clause(_tagged(words[1:]), positive=True, stands_alone=True)
        name, colon, value = words.partition(":")
        if not colon or name.lower() in {"http", "https"}:
            return _Clause(_phrase(words), positive=True, stands_alone=True)
        test = _operator(name.lower(), value.strip('"'), self.state)
        if test is None:
            raise QueryError(f"Reference to invalid operator '{name}' (at position {start})")
        alone = name.lower() not in _NEVER_ALONE
        return _Clause(test, positive=True, stands_alone=alone)


def _operator(name: str, value: str, state: XState) -> Test | None:
    handle = value.removeprefix("@").lower()
    if name == "is":
        return _KINDS.get(value.lower())
    if name == "has":
        return _FEATURES.get(value.lower())
    tests: dict[str, Test] = {
        "from": lambda post: handle in {post.author.lower(), post.author_id},
        "to": lambda post: _answers(post, handle, state),
        "lang": lambda post: post.lang == value.lower(),
        "url": lambda post: _links_to(post, value),
        "conversation_id": lambda post: post.conversation_id == value,
        "in_reply_to_tweet_id": lambda post: post.in_reply_to == value,
        "quotes_of_tweet_id": lambda post: post.quote == value,
    }
    return tests.get(name) if value else None


_KINDS: dict[str, Test] = {
    "reply": lambda post: post.in_reply_to is not None,
    "quote": lambda post: post.quote is not None,
    "retweet": lambda _post: False,  # the practice X has no reposts, and search returns none
    "nullcast": lambda _post: False,
    "verified": lambda _post: False,
}
_FEATURES: dict[str, Test] = {
    "links": lambda post: bool(x_text.links(post.full_text)),
    "mentions": lambda post: bool(post.mentioned),
    "hashtags": lambda post: bool(x_text.hashtags(post.full_text)),
    "media": lambda _post: False,
    "images": lambda _post: False,
    "videos": lambda _post: False,
    "video_link": lambda _post: False,
    "geo": lambda _post: False,
}


def _answers(post: XPost, handle: str, state: XState) -> bool:
    person = state.person(post.in_reply_to_author_id or "")
    return person is not None and handle in {person.handle.lower(), person.id}


def _links_to(post: XPost, value: str) -> bool:
    wanted = unquote(value).lower()
    return any(wanted in link.words.lower() for link in x_text.links(post.full_text))


def _mentions(handle: str) -> Test:
    return lambda post: handle.lower() in post.mentioned


def _tagged(tag: str) -> Test:
    return lambda post: any(t.words.lower() == tag.lower() for t in x_text.hashtags(post.full_text))


def _words(text: str) -> list[str]:
    # X splits at punctuation: "coca-cola" is two words, "#coffee" is found by coffee.
    return re.findall(r"\w+", text.lower().replace("’", "").replace("'", ""))


def _phrase(words: str) -> Test:
    wanted = _words(words)
    if not wanted:
        return lambda post: words.lower() in post.full_text.lower()
    size = len(wanted)

    def holds(post: XPost) -> bool:
        said = _words(post.full_text)
        return any(said[at : at + size] == wanted for at in range(len(said) - size + 1))

    return holds
