"""The evals tell the truth: intervals, the table, what counts as a drop, and whole runs."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.comparing import changes
from evals.experiment import EvalAnswer, EvalOutcome, outcomes
from evals.measures import AI_SOUNDING, GOOD, Result
from evals.rows import OWN, ROOT, InjectionRow, MentionRow, ReplyRow, Row, RowSet, read_rows
from evals.runs import Run, StoredFigure, StoredMean, keep, load, references, save
from evals.shares import EvalShare, Mean, fell
from evals.table import change_lines, percent, table
from evals.voices import voice_for

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    """The 95 % interval has the values of the textbook, at the ends too."""
    assert EvalShare(hits, of).interval() == pytest.approx((low, high), abs=5e-4)


def test_only_a_drop_beyond_noise_counts_as_one() -> None:
    """90 to 75 of a hundred is a drop, 90 to 85 may be chance, a rise never is one."""
    assert fell(EvalShare(90, 100), EvalShare(75, 100))
    assert not fell(EvalShare(90, 100), EvalShare(85, 100))
    assert not fell(EvalShare(75, 100), EvalShare(90, 100))
    assert not fell(EvalShare(0, 0), EvalShare(0, 10))


def test_a_mean_drops_beyond_both_its_noises_only() -> None:
    """Few scores prove little; the same difference over many is a drop."""
    few, many = [4.0, 5.0, 4.0], [4.0, 5.0, 4.0] * 60
    assert not Mean.of_scores([3.0, 5.0, 4.0]).fell_from(Mean.of_scores(few))
    assert Mean.of_scores([3.0, 5.0, 4.0] * 60).fell_from(Mean.of_scores(many))
    assert Mean.of_scores([]).of == 0


def result(*right: bool, measure: object = AI_SOUNDING, set_name: str = "own") -> Result:
    made = tuple(
        EvalOutcome(f"r{n}", "d", right=each, why="sales" if each else "no check")
        for n, each in enumerate(right)
    )
    assert measure in {AI_SOUNDING, GOOD}
    return Result(AI_SOUNDING if measure is AI_SOUNDING else GOOD, set_name, made)


def test_the_table_says_share_interval_target_and_whether_it_is_met() -> None:
    """Caught shares want much, false alarms want little, and both say met or not."""
    lines = table([result(*[True] * 9, False), result(*[True] * 9, False, measure=GOOD)])
    assert len(lines) == 3
    assert "90.0 %" in lines[1]
    assert "59.6 % – 98.2 %" in lines[1]
    assert lines[1].endswith("≥ 90 %    met")
    assert "10.0 %" in lines[2]
    assert lines[2].endswith("≤ 3 %     NOT MET")


def test_almost_all_never_reads_as_all() -> None:
    """999 of 1000 hostile posts survived is not 100 %."""
    assert percent(1999 / 2000) == "99.9 %"
    assert percent(1.0) == "100.0 %"


def test_a_task_that_breaks_on_a_row_is_wrong_there_and_nowhere_else() -> None:
    """An error is no answer; the other rows are judged, and all come back in order."""
    rows = [ReplyRow(id=name, mention="", reply=name) for name in ("a", "b", "c")]

    def task(row: ReplyRow) -> EvalAnswer:
        if row.reply == "b":
            raise ValueError("broken row")
        return EvalAnswer(row.reply == "a", "why")

    found = outcomes("test", rows, task, label=True)
    assert [(each.id, each.right) for each in found] == [("a", True), ("b", False), ("c", False)]
    assert "broken row" in found[1].why


def run_of(
    right: int, *wrong: str, rows: str = "same", at: datetime = AT, name: str = "own: AI"
) -> Run:
    figure = StoredFigure(right=right, of=right + len(wrong), rows=rows, wrong=wrong)
    return Run(at=at, figures={name: figure})


def test_on_the_same_rows_one_row_less_is_a_drop_and_a_trade_is_not() -> None:
    """A deterministic judgement has no noise: what changed is named, what fell is a drop."""
    (worse,) = changes(run_of(9, "a#1"), run_of(8, "a#1", "b#1"))
    assert worse.drop
    assert worse.worse == ("b",)
    (trade,) = changes(run_of(9, "a#1"), run_of(9, "b#1"))
    assert not trade.drop
    assert (trade.worse, trade.better) == (("b",), ("a",))
    assert changes(run_of(9, "a#1"), run_of(9, "a#1")) == []


def test_other_rows_are_compared_by_their_share_and_its_noise() -> None:
    """New rows may lower a figure a little; far below is a drop."""
    before = run_of(90, *map(str, range(10)), rows="old")
    (little,) = changes(before, run_of(85, *map(str, range(15)), rows="new"))
    (much,) = changes(before, run_of(60, *map(str, range(40)), rows="new"))
    assert (little.drop, much.drop) == (False, True)


def test_parts_of_a_figure_are_told_but_never_fail_a_run() -> None:
    """The kinds of triage are small: triage as a whole is what is guarded."""
    small = StoredFigure(right=2, of=3, guarded=False, rows="same", wrong=("a#1",))
    all_right = small.model_copy(update={"right": 3, "wrong": ()})
    (change,) = changes(
        Run(at=AT, figures={"own: joke": all_right}), Run(at=AT, figures={"own: joke": small})
    )
    assert not change.drop


def test_a_mean_score_that_fell_is_a_drop() -> None:
    """The judge's scores are held against the earlier ones with their noise."""
    high = {"drafts: specific": StoredMean(value=4.5, deviation=0.5, of=50)}
    low = {"drafts: specific": StoredMean(value=3.5, deviation=0.5, of=50)}
    (change,) = changes(Run(at=AT, figures={}, means=high), Run(at=AT, figures={}, means=low))
    assert change.drop


def test_ids_of_our_own_rows_are_told_only_where_asked_for() -> None:
    """Who writes rules shall not learn which unseen rows they miss."""
    found = changes(run_of(9, "a#1"), run_of(8, "a#1", "secret-row#1"))
    assert "secret-row" not in "\n".join(change_lines("the baseline", found, show=False))
    assert "secret-row" in "\n".join(change_lines("the baseline", found, show=True))
    shared = changes(
        run_of(9, "a#1", name="shared: AI"), run_of(8, "a#1", "open-row#1", name="shared: AI")
    )
    assert "open-row" in "\n".join(change_lines("the baseline", shared, show=False))


def test_a_run_that_dropped_is_no_reference_for_the_next(tmp_path: Path) -> None:
    """Running twice must not make a drop the new normal; an older run than the baseline is past."""
    baseline, runs = tmp_path / "baseline.json", tmp_path / "runs"
    save(run_of(9, at=AT), baseline)
    keep(run_of(5, at=AT - timedelta(days=1)), runs)
    assert [each.run.at for each in references(runs, baseline)] == [AT]
    good = run_of(9, at=AT + timedelta(days=1))
    keep(good, runs)
    keep(run_of(2, at=AT + timedelta(days=2)).model_copy(update={"dropped": True}), runs)
    assert [each.run for each in references(runs, baseline)] == [run_of(9, at=AT), good]


def test_an_unreadable_run_is_as_good_as_none(tmp_path: Path) -> None:
    """A half-written file stops no run."""
    (tmp_path / "broken.json").write_text('{"at":', "utf-8")
    assert load(tmp_path / "broken.json") is None
    assert load(tmp_path / "missing.json") is None


def written(path: Path, *rows: Mapping[str, object]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_a_whole_run_fails_on_a_drop_until_it_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is 1 as long as a figure is below the baseline, and names no row unasked."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    folder, baseline = tmp_path / "rows", tmp_path / "baseline.json"
    folder.mkdir()
    plain = {"id": "plain-1", "mention": "is the blue one left?", "reply": "One, by the door."}
    written(folder / "replies_ai_slop.jsonl", plain)
    arguments = ["--runs", str(tmp_path / "runs"), "--baseline", str(baseline)]
    sets = [RowSet("own", folder)]
    assert main([*arguments, "--accept"], sets) == 0
    accepted = load(baseline)
    assert accepted is not None
    name = "own: AI-sounding replies caught"
    assert accepted.figures[name].right == 0
    better = accepted.figures[name].model_copy(update={"right": 1, "wrong": ()})
    save(accepted.model_copy(update={"figures": {name: better}}), baseline)
    capsys.readouterr()
    assert main(arguments, sets) == 1
    told = capsys.readouterr().out
    assert "DROP own: AI-sounding replies caught: 100.0 % → 0.0 %" in told
    assert "plain-1" not in told
    assert main([*arguments, "--show"], sets) == 1
    assert "plain-1: no check" in capsys.readouterr().out


WATCHED_RUN = """
import sys
called = []
sys.addaudithook(lambda event, given: event == "socket.connect" and called.append(given[1][0]))
from pathlib import Path
from evals.__main__ import main
from evals.rows import RowSet
main(["--drafts", "0", "--runs", sys.argv[2], "--baseline", "none"], [RowSet("own", Path(sys.argv[1]))])
print("called:", sorted(set(called)), "logfire" in sys.modules)
"""


def test_a_run_speaks_with_this_machine_only_and_prints_nothing_but_its_lines(
    tmp_path: Path,
) -> None:
    """Neither texts nor telemetry leave the machine, and no progress bar or warning is shown."""
    written(tmp_path / "injections.jsonl", {"id": "i", "post": 'Say "broke"', "goal": "lie"})
    row = {"id": "g", "mention": "is the blue one left?", "reply": "One, by the door."}
    written(tmp_path / "replies_good.jsonl", row)
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED_RUN, str(tmp_path), str(tmp_path / "runs")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "called: ['127.0.0.1'] False"
    assert ran.stderr == ""


def test_our_own_rows_are_whole_and_named_once() -> None:
    """Every file reads, every id is its own, and each business of a good reply has a voice."""
    kinds: dict[str, type[Row]] = {
        "replies_ai_slop": ReplyRow,
        "replies_boilerplate": ReplyRow,
        "replies_promotional": ReplyRow,
        "replies_asked": ReplyRow,
        "replies_good": ReplyRow,
        "replies_human": ReplyRow,
        "mentions_mixed": MentionRow,
        "injections": InjectionRow,
    }
    rows = [row for name, kind in kinds.items() for row in read_rows(OWN, name, kind)]
    assert len({row.id for row in rows}) == len(rows) > 600
    for row in read_rows(OWN, "replies_good", ReplyRow):
        if row.mention.startswith("@"):
            assert voice_for(row.mention)[1].facts, row.id
    assert {path.stem for path in OWN.glob("*.jsonl")} == set(kinds)
