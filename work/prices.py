"""What X and the model cost: one dated table, in micro-dollars.

X: pay-per-use prices of X's developer documents, read 2026-08-22. Owned reads need the
account to own the developer app; Greenroom cannot see whether it does and counts the
dearer price for what other people wrote.
Model: OpenAI's price page for gpt-5.4-mini, as quoted in June 2026; a model that is not
listed is counted at the dearest listed price.
"""

PRICES_READ_ON = "2026-08-22"

POST_READ = 5_000
PERSON_READ = 10_000
OWNED_READ = 1_000
SUMMONED_REPLY = 10_000

#: Micro-dollars per million tokens: (input, output).
MODEL_TOKENS = {
    "gpt-5.4-nano": (200_000, 1_250_000),
    "gpt-5.4-mini": (750_000, 4_500_000),
    "gpt-5.4": (2_500_000, 15_000_000),
    "gpt-5.5": (5_000_000, 30_000_000),
}


def model_cost(model: str, input_tokens: int, output_tokens: int) -> int:
    """Return the micro-dollars that one answer cost, rounded up."""
    price_in, price_out = MODEL_TOKENS.get(model, max(MODEL_TOKENS.values()))
    return -(-(input_tokens * price_in + output_tokens * price_out) // 1_000_000)
