"""What a member wants who writes in a card's thread, and a suggestion changed accordingly.

The words are understood by rules that are data in wishes.toml; the model is asked only where
they are not sure. Nothing said in a thread approves or sends anything.
"""

from replies.steering.intent import by_the_model
from replies.steering.reshaping import fact_in
from replies.steering.steered import Steered, steer
from replies.steering.understanding import MessageKind, SteeringWish, Wish, understand

__all__ = [
    "MessageKind",
    "Steered",
    "SteeringWish",
    "Wish",
    "by_the_model",
    "fact_in",
    "steer",
    "understand",
]
