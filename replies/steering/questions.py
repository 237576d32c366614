"""A question that a member reports becomes one that a person can be asked."""

import patterns as re

_THEY = re.compile(r"\b(?:they|he|she|them|him|her)\b", re.IGNORECASE)
_THEIR = re.compile(r"\b(?:their|his)\b|\bher(?= \w+)", re.IGNORECASE)
_YES_NO = re.compile(r"\A(?:if|whether)\s+", re.IGNORECASE)
_FORMS = r"(?:are|were|have|had|can|could|would|will|should|might)"
_IS = {"is": "are", "was": "were", "has": "have", "'s": "are"}
_SUBJECT = re.compile(
    rf"\A(?P<head>.*?)\byou(?:(?P<short>'re|'ve|'d)|\s+(?P<form>{_FORMS})\b|\s+(?P<verb>[a-z]+))"
    r"(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_WH = re.compile(r"\A(?:what|which|how|when|where|who|whose|why)\b", re.IGNORECASE)
_COPULA = re.compile(
    r"\A(?P<wh>(?:what|which|how|when|where|who|why)(?:\s(?!(?:the|an?|your|our|my|this|that|it)\b)\w+)?)\s+(?P<thing>.+?)\s+"
    r"(?P<form>is|are|was|were)(?P<rest>\s.*)?\Z",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"\A(?P<wh>how|when|where|why)\s+(?P<thing>.+?)\s+(?P<verb>\w+)\Z", re.IGNORECASE
)
_SHORT = {"'re": "are", "'ve": "have", "'d": "would"}
_PAST = re.compile(r"(?:ed|ought|ent|aw|ade|ook|ame|ot|ound|elt|old|eft|ank)\Z", re.IGNORECASE)
_PLAIN_OF = {
    "liked": "like", "loved": "love", "tried": "try", "wanted": "want", "needed": "need",
    "enjoyed": "enjoy", "used": "use", "made": "make", "took": "take", "came": "come",
    "got": "get", "found": "find", "felt": "feel", "saw": "see", "went": "go", "had": "have",
    "bought": "buy", "thought": "think", "heard": "hear", "drank": "drink", "ate": "eat",
    "ordered": "order", "visited": "visit", "paid": "pay", "left": "leave", "did": "do",
}  # fmt: skip


def direct_question(reported: str) -> str | None:
    """Return the question itself: "what beans they use" is "What beans do you use?".

    None where the words do not say how to ask it plainly.
    """
    words = " ".join(reported.strip().rstrip(".!?").split())
    about = re.match(r"\Aabout\s+(.+)\Z", words, re.IGNORECASE)
    if about:
        return f"May I ask about {_to_you(about[1])}?"
    yes_no = bool(_YES_NO.match(words))
    words = _to_you(_YES_NO.sub("", words))
    if found := _SUBJECT.match(words):
        return _asked(found, yes_no=yes_no)
    if not yes_no and (found := _COPULA.match(words)):
        rest = found["rest"] or ""
        return _sentence(f"{found['wh']} {found['form']} {found['thing']}{rest}")
    if not yes_no and (found := _WENT.match(words)) and found["verb"].lower() in _PLAIN_OF:
        return _sentence(f"{found['wh']} did {found['thing']} {_PLAIN_OF[found['verb'].lower()]}")
    if not yes_no and _WH.match(words):
        return _sentence(words)
    return None


def _asked(found: re.Match[str], *, yes_no: bool) -> str:
    head, rest = found["head"].strip(), found["rest"]
    if found["short"]:
        return _sentence(f"{head} {_SHORT[found['short'].lower()]} you{rest}")
    if found["form"]:
        return _sentence(f"{head} {found['form'].lower()} you{rest}")
    verb = found["verb"].lower()
    if verb in _IS:
        return _sentence(f"{head} {_IS[verb]} you{rest}")
    if verb in _PLAIN_OF:
        return _sentence(f"{head} did you {_PLAIN_OF[verb]}{rest}")
    if _PAST.search(verb) and not yes_no:
        return _sentence(f"{head} did you {verb}{rest}")
    return _sentence(f"{head} do you {_without_s(verb)}{rest}")


def _without_s(verb: str) -> str:
    """Turn what "he" does into what "you" do."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "oes")):
        return verb[:-2]
    if verb.endswith("s") and not verb.endswith("ss"):
        return verb[:-1]
    return verb


def _to_you(words: str) -> str:
    return _THEY.sub("you", _THEIR.sub("your", words))


def _sentence(words: str) -> str:
    tidy = " ".join(words.split())
    return f"{tidy[:1].upper()}{tidy[1:]}?"
