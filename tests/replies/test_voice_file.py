"""A voice in a file: TOML, JSON, plain text; and what is said when it is none."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import Fact, VoiceRule
from replies.voice.file import VoiceFileError, read_voice_file


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_toml_gives_every_part(tmp_path: Path) -> None:
    """A voice's parts stand under their names; facts may be texts or tables."""
    path = written(
        tmp_path,
        "voice.toml",
        """
        who = "A coffee shop."
        how = "Plain."
        use = ["brew"]
        avoid = "cozy, artisan"
        signs = ["NB"]
        hand_over = ["medical", "legal"]
        refund_limit = 50
        rules = ["No exclamation marks", {text = "Be short", phrases = ["in order to"]}]
        silenced = ["emoji"]
        facts = [
          "hours: 7 to 5",
          {name = "dogs", text = "Dogs are welcome", checked_on = 2026-05-01},
        ]
        unknown = {}
        """,
    )
    voice = read_voice_file(path)
    assert voice.who == "A coffee shop."
    assert voice.facts == (
        Fact("7 to 5", "hours"),
        Fact("Dogs are welcome", "dogs", date(2026, 5, 1)),
    )
    assert voice.avoid == ("cozy", "artisan")
    assert voice.signs == ("NB",)
    assert voice.hand_over == ("medical", "legal")
    assert voice.refund_limit == Decimal(50)
    assert voice.rules == (
        VoiceRule("No exclamation marks"),
        VoiceRule("Be short", "", ("in order to",)),
    )
    assert voice.silenced == ("emoji",)


def test_json_understands_near_words_and_loose_facts(tmp_path: Path) -> None:
    """`words_we_use` is `use`; a key that is no part is a fact of that name."""
    content = {
        "words_we_use": ["brew"],
        "never": ["cozy"],
        "facts": {"price of a flat white": "£3.40", "seats": 24},
        "hours": {"weekdays": "7 to 5", "sunday": "closed"},
        "parking": "Free after 6",
        "version": 3,
    }
    voice = read_voice_file(written(tmp_path, "voice.json", "\ufeff" + json.dumps(content)))
    assert voice.use == ("brew",)
    assert voice.avoid == ("cozy",)
    lines = [fact.line for fact in voice.facts]
    assert lines == [
        "price of a flat white: £3.40",
        "seats: 24",
        "hours weekdays: 7 to 5",
        "hours sunday: closed",
        "parking: Free after 6",
    ]
    assert voice.hand_over is None


@pytest.mark.parametrize("key", ["voice", "business"])
def test_a_voice_may_lie_in_a_table(tmp_path: Path, key: str) -> None:
    """Under `[voice]`, or under any key that holds facts."""
    path = written(tmp_path, "a.toml", f'[{key}]\nwho = "Us"\nfacts = ["No cash"]\n')
    voice = read_voice_file(path)
    assert (voice.who, voice.facts) == ("Us", (Fact("No cash"),))


@pytest.mark.parametrize("name", ["facts.md", "facts.txt", "facts"])
def test_plain_lines_are_facts(tmp_path: Path, name: str) -> None:
    """List marks go, headings and empty lines are skipped."""
    path = written(
        tmp_path, name, "# Facts\n\n- hours: 7 to 5\n* Dogs **welcome**\n1. No cash\n---\n"
    )
    lines = [fact.line for fact in read_voice_file(path).facts]
    assert lines == ["hours: 7 to 5", "Dogs welcome", "No cash"]


def test_the_look_decides_where_the_name_says_nothing(tmp_path: Path) -> None:
    """JSON and TOML are known by how they look."""
    assert read_voice_file(written(tmp_path, "a", '["Dogs welcome"]')).facts == (
        Fact("Dogs welcome"),
    )
    assert read_voice_file(written(tmp_path, "b", 'facts = ["No cash"]')).facts == (
        Fact("No cash"),
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("voice.json", b"{"),
        ("voice.json", b"3"),
        ("voice.toml", b"who = "),
        ("voice.txt", b"\xff\xfe\x00"),
        ("voice.json", b"[" * 100_000),
    ],
)
def test_what_is_no_voice_is_said_in_one_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """A broken file is named; nothing else is raised."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(VoiceFileError) as caught:
        read_voice_file(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_or_a_folder_is_said(tmp_path: Path) -> None:
    """So is a name that can be none."""
    for path in (tmp_path / "nothing", tmp_path, "a\0b"):
        with pytest.raises(VoiceFileError):
            read_voice_file(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["who", "facts", "rules", "avoid", "text", "refund_limit", "hours", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(content=st.one_of(_JSON.map(json.dumps), st.text(max_size=80)))
def test_any_content_is_a_voice_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    """Whatever stands in the file, it is read or refused with a sentence."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(content, "utf-8", errors="replace")
    try:
        voice = read_voice_file(path)
    except VoiceFileError:
        return
    assert all(isinstance(fact.line, str) for fact in voice.facts)
