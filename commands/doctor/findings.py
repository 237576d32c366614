"""What `doctor` finds: the lines of its table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from errors import ITSELF, GreenroomError

_NAME_WIDTH = 16


class FindingVerdict(StrEnum):
    WORKS = "works"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table."""

    name: str
    verdict: FindingVerdict
    found: str
    advice: str = ""


def table(findings: list[Finding]) -> str:
    """Return the findings as aligned lines, advice indented below."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.verdict:<7} {finding.name:<{_NAME_WIDTH}} {finding.found}")
        if finding.advice:
            lines.append(f"{'':<7} {'':<{_NAME_WIDTH}} → {finding.advice}")
    return "\n".join(lines)


def asked(name: str, ask: Callable[[], Finding]) -> Finding:
    """Return what was found, or what stood in the way of finding it."""
    try:
        return ask()
    except GreenroomError as error:
        advice = error.advice.replace(ITSELF, "Try again in a moment.")
        return Finding(name, FindingVerdict.BROKEN, error.sentence, advice)
