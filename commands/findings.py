"""What `doctor` finds: the lines of its table."""

from dataclasses import dataclass
from enum import StrEnum

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
