"""How much is looked at of a stranger's text: runs of signs cut, and of a long text head and tail.

Whether a post needs a person, asks to be left alone or gives orders is sought in the whole of it.
What else is judged has a portion, so that nothing takes long, and a model reads somewhat more,
all of which was looked at. What we would send ourselves is never cut by this.
"""

from functools import lru_cache

import patterns as re

#: The same sign, or group of up to sixteen, more often than this says no more than so often.
_OFTEN, _LONGEST_GROUP = 8, 16
_RUN = re.compile(rf"(.{{1,{_LONGEST_GROUP}}}?)\1{{{_OFTEN},}}", re.DOTALL)
#: X's longest posts.
LONGEST = 25_000
#: Of what is longer all the same, addresses count little, so many of the last signs are seen.
_LAST = 5_000
#: Ordinary posts have 280 characters. Of longer ones the head says what it is about, the tail
#: what is wanted.
_HEAD, _TAIL = 1400, 700
_READ_HEAD, _READ_TAIL = 2000, 1000
_LEFT_OUT = " … "
#: In texts longer than this runs are first felt for here and there.
_AT_ONCE = 600


def portion(text: str) -> str:
    """Return what is judged of a post; ordinary posts come back as they are."""
    return _head_and_tail(whole(text), _HEAD, _TAIL)


def read_by_model(text: str) -> str:
    """Return what a model reads of a post."""
    return _head_and_tail(whole(text), _READ_HEAD, _READ_TAIL)


@lru_cache(maxsize=512)
def whole(text: str) -> str:
    """Return all of a post but long runs of signs, for what must not be missed anywhere in it."""
    return _head_and_tail(without_runs(text), LONGEST - _LAST, _LAST)


def _head_and_tail(text: str, head: int, tail: int) -> str:
    if len(text) <= head + len(_LEFT_OUT) + tail:
        return text
    return f"{text[:head]}{_LEFT_OUT}{text[-tail:]}"


def without_runs(text: str) -> str:
    """Cut runs of one sign, or of one small group of signs, to eight."""
    if len(text) <= _AT_ONCE:
        return _RUN.sub(_cut, text)
    written, since = [], 0
    for begin, end in _runs_felt(text):
        written += [text[since:begin], _RUN.sub(_cut, text[begin:end])]
        since = end
    return "".join([*written, text[since:]])


def _cut(run: re.Match[str]) -> str:
    return str(run[1]) * _OFTEN


def _runs_felt(text: str) -> list[tuple[int, int]]:
    """Return where runs may be; looking for them at every place would take too long.

    A run has nine turns, so that two of them begin at one of any seven turns' places.
    """
    found = []
    for group in range(1, _LONGEST_GROUP + 1):
        done = 0
        for at in range(0, len(text) - 2 * group + 1, group * (_OFTEN - 1)):
            # One sign first: cutting out two groups at every place is what takes time.
            if at < done or text[at] != text[at + group]:
                continue
            if text[at : at + group] != text[at + group : at + 2 * group]:
                continue
            begin, done = _spread(text, at, group)
            if done - begin > group * _OFTEN:
                found.append((begin, done))
    return _together(found)


def _spread(text: str, at: int, group: int) -> tuple[int, int]:
    """Return from where and to where signs come again after so many."""
    begin, end, step = at, at + group, 64 * group
    while (
        begin >= step and text[begin - step : begin] == text[begin - step + group : begin + group]
    ):
        begin -= step
    while begin and text[begin - 1] == text[begin - 1 + group]:
        begin -= 1
    while text[end : end + step] == text[end - group : end - group + step] and end + step <= len(
        text
    ):
        end += step
    while end < len(text) and text[end] == text[end - group]:
        end += 1
    return begin, end


def _together(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that touch."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
