"""What a member wants who writes in a card's thread, told by rules.

The words are data in wishes.toml. Nothing said in a thread approves or sends anything.
"""

from replies.steering.understanding import Asked, Kind, Wish, understand

__all__ = ["Asked", "Kind", "Wish", "understand"]
