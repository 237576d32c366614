"""Triage: whether a post is worth a person's time, before money is spent on drafting.

`replies.triage.asking` has the second opinion of a model; it is not imported here, because
the command works without.
"""

from replies.triage.burst import burst_rule, crowd
from replies.triage.feedback import Lessons, alike
from replies.triage.judging import judge
from replies.triage.verdicts import Verdict

__all__ = ["Lessons", "Verdict", "alike", "burst_rule", "crowd", "judge"]
