"""Measure Greenroom's judgement: `make eval`, or `python -m evals --show --drafts 60`."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from clients.model.client import ModelClient
from domain import LISTED
from evals.agreement import agreement
from evals.comparing import Change, changes
from evals.drafts import JudgedDrafts, chosen_rows, judged_drafts
from evals.hostile.surviving import guard_alarms, surviving
from evals.hostile.two_lines import two_lines
from evals.judging import judged_mentions, judged_replies
from evals.measures import Result
from evals.rows import ROOT, RowSet, row_sets
from evals.runs import BASELINE, RUNS, Run, StoredFigure, StoredMean, figures_of, keep, references
from evals.runs import save as save_run
from evals.table import change_lines, mean_line, share_line, table, wrong_lines

_WINS = "drafts that won against the person's reply"


def main(arguments: Sequence[str] | None = None, sets: list[RowSet] | None = None) -> int:
    """Print the table and what changed; 1 when something dropped beyond noise."""
    chosen = _options().parse_args(arguments)
    sets = row_sets() if sets is None else sets
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, rows of: {', '.join(s.name for s in sets)}")
    results = _deterministic(sets)
    print(*table(results), sep="\n")
    if chosen.show:
        print(*(line for result in results for line in _wrong(result)), sep="\n")
    drafts = _drafts(sets, chosen.drafts, chosen.judge)
    if drafts is not None:
        print(*_drafts_lines(drafts), sep="\n")
    run = Run(
        at=datetime.now(UTC), figures=figures_of(results) | _wins(drafts), means=_means(drafts)
    )
    return _settle(run, chosen.runs, chosen.baseline, accept=chosen.accept, show=chosen.show)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--show", action="store_true", help="name the rows that came out wrong")
    parser.add_argument(
        "--accept", action="store_true", help="make this run the baseline, drops and all"
    )
    parser.add_argument(
        "--drafts",
        type=int,
        default=30,
        metavar="N",
        help="with OPENAI_API_KEY: how many posts are drafted for and judged; 0 for none",
    )
    parser.add_argument("--judge", metavar="MODEL", help="the judging model; else OPENAI_MODEL")
    parser.add_argument("--runs", type=Path, default=RUNS, help="where runs are kept")
    parser.add_argument("--baseline", type=Path, default=BASELINE, help="the accepted run")
    return parser


def _deterministic(sets: list[RowSet]) -> list[Result]:
    """Run all that needs no key."""
    parts = (judged_replies, judged_mentions, surviving, two_lines, guard_alarms, agreement)
    return [result for part in parts for each in sets for result in part(each)]


def _wrong(result: Result) -> list[str]:
    """Name a result's wrong rows; the kinds' rows stand under triage already."""
    return wrong_lines(result) if result.measure.guarded else []


def _drafts(sets: list[RowSet], wanted: int, judge: str | None) -> JudgedDrafts | None:
    """Have drafts judged, where a key is in the environment."""
    key, model = os.environ.get("OPENAI_API_KEY"), os.environ.get("OPENAI_MODEL")
    if not key or not model or wanted <= 0:
        print("Drafts were not judged: that needs OPENAI_API_KEY and OPENAI_MODEL.")
        return None
    url = os.environ.get("OPENAI_BASE_URL") or None
    drafting = ModelClient(key, url, model, timeout=60)
    judging = ModelClient(key, url, judge or model, timeout=60)
    return judged_drafts(chosen_rows(sets, wanted), drafting, judging)


def _drafts_lines(drafts: JudgedDrafts) -> list[str]:
    tokens_in = sum(each.input_tokens for each in drafts.spent)
    tokens_out = sum(each.output_tokens for each in drafts.spent)
    micro_dollars = sum(
        LISTED.model_cost(each.model, each.input_tokens, each.output_tokens)
        for each in drafts.spent
    )
    return [
        *(mean_line(name.replace("_", " "), mean) for name, mean in drafts.means.items()),
        share_line(_WINS, "", drafts.wins),
        *(f"  {count} × {gap}" for gap, count in sorted(drafts.gaps.items())),
        (
            f"{len(drafts.spent)} questions, {tokens_in:,} tokens in, {tokens_out:,} out, "
            f"${micro_dollars / 1_000_000:.4f} (prices of {LISTED.read_on})"
        ),
    ]


def _wins(drafts: JudgedDrafts | None) -> dict[str, StoredFigure]:
    if drafts is None:
        return {}
    return {f"drafts: {_WINS}": StoredFigure(right=drafts.wins.hits, of=drafts.wins.of)}


def _means(drafts: JudgedDrafts | None) -> dict[str, StoredMean]:
    means = drafts.means if drafts else {}
    return {
        f"drafts: {name}": StoredMean(value=mean.value, deviation=mean.deviation, of=mean.of)
        for name, mean in means.items()
    }


def _settle(run: Run, runs: Path, baseline: Path, *, accept: bool, show: bool) -> int:
    """Compare with what was before, store the run, and say whether it holds."""
    found: list[Change] = []
    for reference in references(runs, baseline):
        since = changes(reference.run, run)
        print(*change_lines(reference.name, since, show=show), sep="\n")
        found += since
    dropped = any(change.drop for change in found) and not accept
    keep(run.model_copy(update={"dropped": dropped}), runs)
    if accept:
        save_run(run, baseline)
        print(f"Accepted as {_short(baseline)}.")
    if dropped:
        print("Something dropped. Mend it, or accept it with --accept.")
    return 1 if dropped else 0


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


if __name__ == "__main__":
    sys.exit(main())
