"""What is set aside wherever it stands: spam of all kinds, job adverts, things for sale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from replies.triage.reading import PostReading
from replies.triage.tables import Finder, table
from replies.triage.verdicts import Verdict, aside

_KNOWN = {"name", "why", "reach", "spares", "strong", "cues", "needs"}
_REACHES = {"all", "nobody", "named"}


@dataclass(frozen=True, slots=True)
class AsideRule:
    """One kind of post that is set aside; filters.toml says what its parts mean."""

    name: str
    why: str
    reach: str
    spares: frozenset[str]
    strong: Finder
    cues: Finder
    needs: int

    def judge(self, reading: PostReading) -> Verdict | None:
        """Hold a post against this rule."""
        if not self._reaches(reading):
            return None
        found = self.strong.find(reading.said) or self.strong.find(reading.whole)
        sure = found is not None
        if found is None and self.needs:
            cues = self.cues.find_all(reading.said)
            found = ", ".join(cues[: self.needs]) if len(cues) >= self.needs else None
        if found is None or any(_READINGS[each](reading) for each in self.spares):
            return None
        return aside(self.name, self.why, found, sure=sure)

    def _reaches(self, reading: PostReading) -> bool:
        if self.reach == "all":
            return True
        return reading.named is (self.reach == "named")


#: The readings that a rule can spare.
_READINGS: Mapping[str, Callable[[PostReading], bool]] = {
    "question_to_us": lambda reading: reading.to_us and reading.asks and not reading.linked,
    "seeker": lambda reading: reading.plea is not None and (reading.alone or reading.certain),
    "job_seeker": lambda reading: reading.plea is not None and reading.alone,
    "any_dealing": lambda reading: reading.dealing is not None,
    "own_things": lambda reading: reading.possessive,
    "dealing": lambda reading: reading.dealing is not None and reading.first_person,
    "own_story": lambda reading: reading.first_person,
    "named_story": lambda reading: (
        reading.to_us and (reading.first_person or reading.second_person)
    ),
    "to_you": lambda reading: reading.second_person,
}


@cache
def aside_rules() -> tuple[AsideRule, ...]:
    """Return all rules, in the order of their file.

    Raises:
        ValueError: a rule is malformed; the message names it.
    """
    return tuple(rule_from(row) for row in table("filters")["rule"])


def rule_from(row: dict[str, Any]) -> AsideRule:
    """Compile one rule.

    Raises:
        ValueError: it is malformed; the message names it.
    """
    reach, spares = row.get("reach", "all"), frozenset(row.get("spares", ()))
    wrong = (row.keys() - _KNOWN) | (spares - _READINGS.keys()) | ({reach} - _REACHES)
    if wrong or not row.keys() >= {"name", "why", "strong"}:
        raise ValueError(f"filters.toml: rule {row.get('name', '?')} is malformed {sorted(wrong)}")
    return AsideRule(
        name=row["name"],
        why=row["why"],
        reach=reach,
        spares=spares,
        strong=Finder.of(row["strong"]),
        cues=Finder.of(row.get("cues", {})),
        needs=row.get("needs", 0),
    )
