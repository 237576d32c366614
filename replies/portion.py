"""What is judged of a stranger's text: runs of signs cut, and of a long text its head and tail.

Every judgement of a post goes through here, so that all of them see the same and none takes long,
whatever X's longest posts (25,000 characters) are filled with. A model reads no more than was
judged. What we would send ourselves is never cut by this: checks see the whole of it.
"""

from functools import lru_cache

import patterns as re

#: The same sign, or group of up to sixteen, more often than this says no more than so often.
_OFTEN = 8
_RUN = re.compile(rf"(.{{1,16}}?)\1{{{_OFTEN},}}", re.DOTALL)
#: Ordinary posts have 280 characters. Of longer ones the head says what it is about, the tail
#: what is wanted; what stands between would cost more time than every other judgement together.
_HEAD, _TAIL = 320, 160
_LEFT_OUT = " … "
#: Head and tail are sought in so much first, and in more where runs fill that.
_LOOKED_AT = 1500


@lru_cache(maxsize=512)
def portion(text: str) -> str:
    """Return what is judged of a post; ordinary posts come back as they are."""
    if len(text) < _OFTEN:
        return text
    looked_at = _LOOKED_AT
    while 2 * looked_at < len(text):
        head, tail = without_runs(text[:looked_at]), without_runs(text[-looked_at:])
        if len(head) >= _HEAD and len(tail) >= _TAIL:
            return f"{head[:_HEAD]}{_LEFT_OUT}{tail[-_TAIL:]}"
        looked_at *= 4
    bare = without_runs(text)
    if len(bare) <= _HEAD + len(_LEFT_OUT) + _TAIL:
        return bare
    return f"{bare[:_HEAD]}{_LEFT_OUT}{bare[-_TAIL:]}"


def without_runs(text: str) -> str:
    """Cut runs of one sign, or of one small group of signs, to eight."""
    return _RUN.sub(lambda run: run[1] * _OFTEN, text)
