"""What one migration is: a name that never changes, and its statements for each engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step. Once released it is never altered: a later step corrects it."""

    name: str
    both: tuple[str, ...] = ()
    sqlite: tuple[str, ...] = ()
    postgres: tuple[str, ...] = ()
