"""Tongues: in which language a text is written, as far as its script and small words tell.

Used to keep a suggestion in the language of the post; where nothing is sure, nothing is said.
"""

import unicodedata

import patterns as re
from domain import Post
from replies.text.wording import plain, without_handles, words

#: Scripts by the first word of a letter's Unicode name, with the languages X names for them.
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "CYRILLIC": "ru",
    "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th", "GREEK": "el",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
_SAME_SCRIPT = {
    "uk": "ru", "bg": "ru", "sr": "ru", "be": "ru", "mk": "ru", "kk": "ru", "fa": "ar",
    "ur": "ar", "ps": "ar", "ckb": "ar", "iw": "he", "mr": "hi", "ne": "hi",
}  # fmt: skip
_SMALL_WORDS = {
    "en": "the and you we is are it's i'm that this of for with what have do does not your our "
    "was but at sorry it in to they be so on would could about there here how when which too "
    "i my me us an from been were will can just thanks thank don't we're you're that's again",
    "es": "el los las que de y en una para por con muy pero está gracias hola tienen tenéis sin es "
    "hay cuánto qué todas nos os les lo se su más como también estamos usted ahora aquí del al sí",
    "fr": "le les des et est que une pour avec très mais vous merci bonjour avez je pas êtes du au "
    "nous c'est ça votre notre dans sur qui plus il elle sont être j'ai n'est oui ce cette aussi à",
    "de": "der das und ist ich ihr nicht ein eine mit für auf habt danke sehr aber wie noch auch "
    "wir sie uns es zu den dem im von bei ja nein euch dir tut leid schon hier haben sind immer",
    "it": "il lo gli che di e un una per con molto ma avete grazie ciao sono è non della anche ci "
    "noi siamo questo questa del al più come sì oggi nostro vostro dei le la qui abbiamo",
    "pt": "o os as que de e um uma para com muito mas vocês obrigado obrigada olá não está têm você "
    "em da do na no nós somos estamos isso este esta mais também sim nosso seu aqui foi são",
    "nl": "het een en van je jullie niet met voor maar ook wij ik zijn hebben heb dat dit wel nog "
    "naar bij bedankt hoi goed onze ons deze er aan om te op",
    "sv": "och det att jag ni inte en som är med för på tack har vi men ett den till av om så",
    "pl": "nie jest się na to w z i do dziękuję czy ale jak macie są po co tak za jesteśmy",
    "tr": "ve bir bu için çok ama var mı teşekkürler değil ne ben siz biz da de ile",
    "id": "yang dan di ini itu untuk dengan tidak ada saya kami anda terima kasih juga bisa",
}
_KNOWN = {name: frozenset(listed.split()) for name, listed in _SMALL_WORDS.items()}
_MOSTLY = 0.4
_ENOUGH = 2
_SHARE = 0.15
_ENOUGH_LETTERS = 2
_ADDRESS = re.compile(r"https?://\S+|[@#]\w+")


def tongue(text: str) -> str | None:
    """Return the language a text is in, by two letters; None when its words do not tell."""
    bare = _ADDRESS.sub(" ", plain(without_handles(text)))
    letters = [char for char in bare if char.isalpha()]
    if (script := _script(letters)) is not None:
        return script
    said = words(bare)
    hits = {name: sum(word in known for word in said) for name, known in _KNOWN.items()}
    ranked = sorted(hits, key=lambda name: -hits[name])
    best, second = ranked[:2]
    sure = hits[best] >= _ENOUGH and hits[best] > hits[second]
    return best if sure and hits[best] >= len(said) * _SHARE else None


def tongue_of(post: Post) -> str | None:
    """Return a post's language: as its own words tell, or else as X says."""
    own = tongue(post.text)
    if own is not None:
        return own
    said = (post.language or "").split("-")[0]
    said = _SAME_SCRIPT.get(said, said)
    return said if said in _KNOWN or said in _SCRIPTS.values() else None


def speaks_otherwise(text: str, language: str | None) -> bool:
    """Tell whether a text is surely in another language than the one given."""
    own = tongue(text)
    if language is None:
        return own is not None and own not in _KNOWN
    return own is not None and own != language


def _script(letters: list[str]) -> str | None:
    counted: dict[str, int] = {}
    for char in letters:
        if char > "\u02ff":
            name = unicodedata.name(char, "").split(" ")[0]
            if script := _SCRIPTS.get(name):
                counted[script] = counted.get(script, 0) + 1
    total = sum(counted.values())
    if total < _ENOUGH_LETTERS or total < len(letters) * _MOSTLY:
        return None
    # Japanese writes with Chinese signs, too: a few kana tell.
    return "ja" if "ja" in counted else max(counted, key=lambda name: counted[name])
