"""The posts that come now and then while a lively room is open; when all have come, it is quiet."""

import asyncio
import random
from dataclasses import dataclass

from sandbox.story.furnishing import references
from sandbox.story.parts import Story
from sandbox.x.state import XState

SHORTEST_GAP, LONGEST_GAP = 30.0, 90.0
_SEED = 7  # the same room twice is the same room


@dataclass
class Arrivals:
    """Lets a story's arrivals appear on the practice X, each after its gap.

    Attributes:
        story: whose arrivals.
        x: where they appear.
        ids: the posts' ids by their keys in the story; grows.
        first_seconds: how long after the room's opening the first one comes.
    """

    story: Story
    x: XState
    ids: dict[str, str]
    first_seconds: float = 8.0

    async def run(self) -> None:
        """Post one after the other until the list ends or the task is cancelled."""
        dice = random.Random(_SEED)  # noqa: S311 - for liveliness, not for secrets
        pause = self.first_seconds
        for number, arrival in enumerate(self.story.arrivals):
            if number:
                swing = arrival.gap * dice.uniform(0.8, 1.2)
                pause = min(max(swing, SHORTEST_GAP), LONGEST_GAP)
            await asyncio.sleep(pause)
            try:
                post = self.x.add_post(
                    arrival.author, arrival.text, **references(arrival, self.ids)
                )
            except (ValueError, KeyError):
                continue  # what it answers was deleted meanwhile
            self.ids[arrival.key] = post.id
