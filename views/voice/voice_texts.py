"""The plain words for the voice's topics and checks, the same on its page and in its window."""

#: Topics that may go to a person without a draft; keys as in replies/drafting/hand_over.toml.
TOPIC_WORDS = {
    "medical": "Medical questions",
    "legal": "Legal questions",
    "legal_threats": "Legal threats",
    "safety": "Safety",
    "harassment": "Harassment",
    "self_harm": "Self-harm",
    "press": "Press",
    "refunds": "Refunds above the sum below",
}

_CHECK_WORDS = {
    "asks-for-details": "Asks for details in public",
    "call-centre": "Call-centre phrases",
    "cheerful-to-sad": "Cheerful to a sad post",
    "corporate-empathy": "“We understand your frustration”",
    "emoji": "Many emoji",
    "exclamations": "Many exclamation marks",
    "fact": "Facts that are not in the voice",
    "handle": "Handles from outside the conversation",
    "hashtag": "Hashtags",
    "joke-to-complaint": "A joke to a complaint",
    "link": "Links nobody asked for",
    "long-dash": "Long dashes",
    "machine-named": "Says that it is a machine",
    "machine-turn": "“Not just X but Y” and the like",
    "machine-words": "Words that machines like",
    "made-up-figure": "Figures out of nowhere",
    "mission": "Speaks like a brochure",
    "names-itself": "Speaks of itself by name",
    "over-friendly": "Over-friendly words",
    "own-handle": "Names our own handle",
    "pitch": "Offers what nobody asked for",
    "placeholder": "Placeholders left in",
    "price-unasked": "Prices nobody asked for",
    "private": "Private things like phone numbers",
    "promise": "Promises",
    "restates-the-post": "Restates the post",
    "said-before": "Nearly the same as a recent reply",
    "sales": "Sales talk",
    "sales-booking": "Asks to book or order",
    "sent-elsewhere": "“DM us”, “call us”",
    "shouting": "All capitals",
    "sounds-like-a-billboard": "Sounds like a billboard",
    "stock-opener": "Stock first words",
    "thanks-formula": "Thanks by formula",
    "wrong-handle": "A handle that is not theirs",
    "wrong-name": "A name that is not theirs",
}


def check_words(name: str) -> str:
    """Name a check in plain words; one without words of its own by its name."""
    return _CHECK_WORDS.get(name) or name.replace("-", " ").capitalize()
