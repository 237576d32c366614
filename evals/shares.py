"""A share of rows with its 95 % interval, and whether two shares differ by more than noise; pure."""

import math
from dataclasses import dataclass

#: The 97.5 % point of the normal distribution: 95 % lie between it and its negative.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class EvalShare:
    """So many of so many. `hits` may be half a number where a tie counts as half."""

    hits: float
    of: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 where there is nothing to count."""
        return self.hits / self.of if self.of else 0.0

    @property
    def rest(self) -> "EvalShare":
        """The other rows."""
        return EvalShare(self.of - self.hits, self.of)

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval after Wilson, which also holds near 0 and 1."""
        if not self.of:
            return 0.0, 1.0
        square = _Z * _Z
        middle = self.value + square / (2 * self.of)
        reach = _Z * math.sqrt(
            self.value * (1 - self.value) / self.of + square / (4 * self.of * self.of)
        )
        scale = 1 + square / self.of
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def fell(before: EvalShare, after: EvalShare) -> bool:
    """Tell whether the second share is lower beyond noise: the two-proportion test at 95 %."""
    if not before.of or not after.of or after.value >= before.value:
        return False
    together = (before.hits + after.hits) / (before.of + after.of)
    spread = math.sqrt(together * (1 - together) * (1 / before.of + 1 / after.of))
    return spread > 0 and (before.value - after.value) / spread > _Z


@dataclass(frozen=True, slots=True)
class Mean:
    """An average of scores with its 95 % interval (normal approximation)."""

    value: float
    deviation: float
    of: int

    @classmethod
    def of_scores(cls, scores: list[float]) -> "Mean":
        """Average scores; no scores make a mean of 0 over nothing."""
        count = len(scores)
        if not count:
            return cls(0.0, 0.0, 0)
        value = sum(scores) / count
        square = sum((score - value) ** 2 for score in scores)
        return cls(value, math.sqrt(square / (count - 1)) if count > 1 else 0.0, count)

    @property
    def error(self) -> float:
        """How far the true mean may lie off, to either side."""
        return _Z * self.deviation / math.sqrt(self.of) if self.of else 0.0

    def fell_from(self, before: "Mean") -> bool:
        """Tell whether this mean is lower than an earlier one beyond both their noise."""
        if not self.of or not before.of:
            return False
        return before.value - self.value > math.hypot(self.error, before.error)
