"""Drafts judged by a model: rubric, both orders, gaps and cost, against the practice model."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from clients.model.client import ModelClient
from evals.__main__ import main
from evals.drafts import chosen_rows, judged_drafts
from evals.forms import Form
from evals.judge import Judge, JudgeVerdict
from evals.rows import ReplyRow, RowSet
from evals.shares import EvalShare
from replies.drafting.asking import ModelAnswer
from tests.practice_server import PracticeServer


def written(path: Path, *rows: Mapping[str, object]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.fixture
def practice() -> Iterator[PracticeServer]:
    """A practice model with nothing set."""
    with PracticeServer() as server:
        yield server


def door(practice: PracticeServer) -> ModelClient:
    return ModelClient("k", practice.url + "/model/v1", "gpt-5.4-mini", timeout=30, tries=1)


SCORES = {
    "answers_the_person": 5,
    "specific": 4,
    "invites": 3,
    "no_pitch": 5,
    "sounds_like_the_voice": 4,
}
ROWS = [
    ReplyRow(id="1", mention="@oldmill_eg any rye left?", reply="@customer Two loaves. ^Jo"),
    ReplyRow(id="2", mention="@nobody_known is it open?", reply="Till six."),
]


def drafted_answer(text: str) -> object:
    return Form(ModelAnswer.model_json_schema()).filled([text])


def test_drafts_are_judged_by_rubric_and_in_both_orders(practice: PracticeServer) -> None:
    """A draft that wins in both places won; one that wins by its place alone is a tie."""
    practice.model.queue(
        [
            drafted_answer("Two on the shelf. Whole or sliced?"), SCORES, {"better": "A"}, {"better": "B"},
            drafted_answer("We are here until six. Coming by?"), SCORES, {"better": "A"}, {"better": "A"},
        ]
    )  # fmt: skip
    judged = judged_drafts(ROWS, door(practice), door(practice), at_once=1)
    assert judged.wins == EvalShare(1.5, 2)
    assert judged.means["specific"].value == 4
    assert judged.gaps == {}
    assert len(judged.spent) == 8
    assert all(each.input_tokens > 0 for each in judged.spent)


def test_a_judge_who_fails_leaves_a_gap_and_its_cost(practice: PracticeServer) -> None:
    """What was not judged is counted as such, never as a win or a loss."""
    practice.model.queue([drafted_answer("Two on the shelf. Whole or sliced?"), "no JSON at all"])
    judged = judged_drafts(ROWS[:1], door(practice), door(practice), at_once=1)
    assert judged.wins == EvalShare(0, 0)
    assert judged.gaps == {"the judge did not answer: PaidRubbish": 1}


def test_the_judge_sees_texts_as_material_without_handle_or_signature(
    practice: PracticeServer,
) -> None:
    """Nothing of a post stands in the system message, and both replies look alike."""
    practice.model.queue(
        [drafted_answer("Two. Whole or sliced?"), SCORES, {"better": "B"}, {"better": "A"}]
    )
    judged = judged_drafts(ROWS[:1], door(practice), door(practice), at_once=1)
    assert judged.wins == EvalShare(0, 1)
    asked = [request["body"] for request in practice.requests.of("model")]
    for body in asked[1:]:
        system, material = (message["content"] for message in body["messages"])
        assert "rye left" not in system
        assert "rye left" in material
    assert "Two loaves." in asked[2]["messages"][1]["content"]
    assert "^Jo" not in asked[2]["messages"][1]["content"]


def test_a_verdict_needs_both_orders(practice: PracticeServer) -> None:
    """The verdict follows the draft through the swap."""
    judge = Judge(door(practice).ask)
    practice.model.queue([{"better": "A"}, {"better": "B"}])
    assert judge.against("post", "draft", "person", "voice") is JudgeVerdict.WON
    practice.model.queue([{"better": "B"}, {"better": "A"}])
    assert judge.against("post", "draft", "person", "voice") is JudgeVerdict.LOST
    practice.model.queue([{"better": "tie"}, {"better": "B"}])
    assert judge.against("post", "draft", "person", "voice") is JudgeVerdict.TIED


def test_a_run_with_a_key_prints_scores_wins_and_cost(
    practice: PracticeServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The environment alone turns the judge on; what it cost is said in dollars."""
    monkeypatch.setenv("OPENAI_API_KEY", "practice-key")
    monkeypatch.setenv("OPENAI_BASE_URL", practice.url + "/model/v1")
    monkeypatch.setenv("OPENAI_MODEL", "gpt-5.4-mini")
    folder = tmp_path / "rows"
    folder.mkdir()
    written(folder / "replies_human.jsonl", ROWS[0].model_dump(include={"id", "mention", "reply"}))
    practice.model.queue(
        [drafted_answer("Two. Whole or sliced?"), SCORES, {"better": "A"}, {"better": "B"}]
    )
    arguments = ["--runs", str(tmp_path / "runs"), "--baseline", str(tmp_path / "none.json")]
    assert main([*arguments, "--drafts", "1"], [RowSet("own", folder)]) == 0
    told = capsys.readouterr().out
    assert "sounds like the voice" in told
    assert "drafts that won against the person's reply" in told
    assert "4 questions" in told
    assert "$0.00" in told


def test_rows_to_draft_for_come_evenly_from_all_files(tmp_path: Path) -> None:
    """Thirty posts are not thirty times the first business."""
    for name in ("replies_good", "replies_human"):
        rows = [{"id": f"{name}-{n}", "mention": "m", "reply": "r"} for n in range(40)]
        written(tmp_path / f"{name}.jsonl", *rows)
    chosen = chosen_rows([RowSet("own", tmp_path)], 11)
    assert len(chosen) == 11
    assert sum(row.id.startswith("replies_good") for row in chosen) == 6
    assert chosen[-1].id == "replies_human-32"
