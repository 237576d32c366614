"""The practice model serves the true openai client: set answers, made-up ones, and troubles."""

import json
import time
from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal

import openai
import pytest
from jsonschema import Draft202012Validator
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel, Field

from sandbox.model.schema import fitting
from tests.practice_server import PracticeServer

ASKED: list[ChatCompletionMessageParam] = [
    {"role": "system", "content": "You write replies."},
    {"role": "user", "content": "Are you open on Sunday?"},
]


class Tone(Enum):
    """How a suggestion sounds."""

    WARM = "warm"
    DRY = "dry"


class Suggestion(BaseModel):
    """One drafted text."""

    text: str = Field(max_length=200)
    tone: Tone


class Draft(BaseModel):
    """What the product might ask for."""

    lane: Literal["reply", "leave"]
    suggestions: list[Suggestion] = Field(min_length=2, max_length=3)
    reason: str | None
    certainty: int = Field(ge=1, le=5)


@pytest.fixture
def room() -> Iterator[PracticeServer]:
    """A practice model with nothing set."""
    with PracticeServer() as server:
        yield server


def parsed(room: PracticeServer, **more: Any) -> Any:
    """Ask for a Draft as the product would."""
    return room.openai(**more).chat.completions.parse(
        model="gpt-practice", messages=ASKED, response_format=Draft
    )


def test_with_nothing_set_the_answer_fits_the_schema_and_says_so(room: PracticeServer) -> None:
    """The true client parses it; every string says that it is practice; it is always the same."""
    first, second = parsed(room), parsed(room)
    draft = first.choices[0].message.parsed
    assert draft == second.choices[0].message.parsed
    assert (draft.lane, draft.certainty, len(draft.suggestions)) == ("reply", 1, 2)
    assert draft.suggestions[0].tone is Tone.WARM
    assert draft.suggestions[0].text.startswith("practice answer 1 ")
    assert draft.suggestions[1].text.startswith("practice answer 2 ")
    assert first.model == "gpt-practice"
    assert first.id != second.id


def test_set_answers_come_in_order_and_then_end(room: PracticeServer) -> None:
    """Strings are said as they are, objects as JSON; after them the made-up ones return."""
    answer = {
        "lane": "leave",
        "suggestions": [{"text": "a", "tone": "dry"}, {"text": "b", "tone": "dry"}],
        "reason": "no need",
        "certainty": 4,
    }
    room.model.queue([answer, json.dumps({**answer, "reason": "second"})])
    assert [waiting["refusal"] for waiting in room.model.waiting()] == [None, None]
    reasons = [parsed(room).choices[0].message.parsed.reason for _ in range(3)]
    assert reasons[:2] == ["no need", "second"]
    assert reasons[2].startswith("practice answer")
    assert room.model.waiting() == []


def test_a_set_answer_can_be_late_refused_or_cut(room: PracticeServer) -> None:
    """An object of control words says how the answer comes."""
    room.model.queue(
        [
            {"content": "late", "delay": 0.2},
            {"refusal": "I would rather not."},
            {"content": {"half": 1}, "finish_reason": "content_filter"},
        ]
    )
    client = room.openai()
    begun = time.monotonic()
    answers = [client.chat.completions.create(model="m", messages=ASKED) for _ in range(3)]
    assert time.monotonic() - begun >= 0.2
    late, refused, filtered = (answer.choices[0] for answer in answers)
    assert late.message.content == "late"
    assert (refused.message.content, refused.message.refusal) == (None, "I would rather not.")
    assert (filtered.message.content, filtered.finish_reason) == ('{"half": 1}', "content_filter")


@pytest.mark.parametrize("wrong", [5, None, {"delay": "soon"}, {"delay": -1}, {"delay": True}])
def test_an_answer_that_cannot_be_said_is_refused(room: PracticeServer, wrong: Any) -> None:
    """Nothing of the list is queued then."""
    with pytest.raises(ValueError, match=r"string or an object|number of seconds"):
        room.model.queue(["fine", wrong])
    assert room.model.waiting() == []


def test_the_usage_grows_with_the_words(room: PracticeServer) -> None:
    """Token counts are rough, but more words cost more."""
    client = room.openai()
    room.model.queue(["short", "long " * 100])
    usages = [
        client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "word " * times}]
        ).usage
        for times in (1, 100)
    ]
    first, second = usages
    assert first is not None
    assert second is not None
    assert first.prompt_tokens < second.prompt_tokens
    assert first.completion_tokens < second.completion_tokens
    assert second.total_tokens == second.prompt_tokens + second.completion_tokens


def test_the_request_is_kept_without_the_key(room: PracticeServer) -> None:
    """A test can read what was asked, and no key stands in it."""
    parsed(room, key="sk-very-secret-key")
    [entry] = room.requests.of("model", "chat")
    assert entry["body"]["messages"] == ASKED
    assert entry["body"]["response_format"]["json_schema"]["name"] == "Draft"
    assert entry["status"] == 200
    assert "sk-very-secret-key" not in str(entry)


def test_the_models_are_listed(room: PracticeServer) -> None:
    """A check of the connection finds the practice model."""
    assert [model.id for model in room.openai().models.list()] == ["practice-model"]


def test_a_wrong_key_is_refused_where_a_key_is_set(room: PracticeServer) -> None:
    """Any key serves until the room wants one of its own."""
    room.openai(key="anything").models.list()
    room.model_key = "the-right-one"
    with pytest.raises(openai.AuthenticationError):
        room.openai(key="another").models.list()
    with pytest.raises(openai.AuthenticationError):
        parsed(room, key="another")
    assert parsed(room, key="the-right-one").choices[0].finish_reason == "stop"


def test_what_the_practice_model_cannot_do_is_a_bad_request(room: PracticeServer) -> None:
    """Streaming and messages that are none get 400."""
    client = room.openai()
    with pytest.raises(openai.BadRequestError, match="does not stream"):
        client.chat.completions.create(model="m", messages=ASKED, stream=True)
    with pytest.raises(openai.BadRequestError, match="messages"):
        client.post("/chat/completions", cast_to=object, body={"model": "m"})


# Troubles


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("401", openai.AuthenticationError),
        ("429", openai.RateLimitError),
        ("500", openai.InternalServerError),
    ],
)
def test_a_queued_error_comes_once(
    room: PracticeServer, what: str, error: type[openai.APIStatusError]
) -> None:
    """The client raises its own error; the next call works."""
    room.trouble.queue("model", what, seconds=7)
    with pytest.raises(error) as raised:
        parsed(room)
    assert raised.value.response.headers.get("retry-after") == ("7" if what == "429" else None)
    assert parsed(room).choices[0].finish_reason == "stop"


def test_a_timeout_says_nothing(room: PracticeServer) -> None:
    """The client gives up by itself, and a set answer is still there afterwards."""
    room.model.queue(["kept"])
    room.trouble.queue("model", "timeout")
    with pytest.raises(openai.APITimeoutError):
        parsed(room, timeout=0.2)
    assert len(room.model.waiting()) == 1


@pytest.mark.parametrize("what", ["rubbish", "half_json"])
def test_spoiled_words_do_not_parse(room: PracticeServer, what: str) -> None:
    """The answer arrives, and is not the JSON that was asked for."""
    room.trouble.queue("model", what)
    with pytest.raises(ValueError, match="JSON"):
        parsed(room)


def test_an_empty_answer_has_no_words(room: PracticeServer) -> None:
    """The call succeeds, and there is nothing in it."""
    room.trouble.queue("model", "empty")
    message = parsed(room).choices[0].message
    assert (message.content, message.parsed, message.refusal) == ("", None, None)


def test_an_answer_that_is_cut_off_says_so(room: PracticeServer) -> None:
    """The client raises the error that stands for a length limit."""
    room.trouble.queue("model", "cut_off")
    with pytest.raises(openai.LengthFinishReasonError):
        parsed(room)


def test_a_refusal_has_no_content(room: PracticeServer) -> None:
    """The model's no stands where OpenAI puts it."""
    room.trouble.queue("model", "refusal")
    message = parsed(room).choices[0].message
    assert message.parsed is None
    assert message.refusal.startswith("I'm sorry")


def test_a_huge_answer_is_ten_megabytes_of_valid_json(room: PracticeServer) -> None:
    """Size is its only fault."""
    room.trouble.queue("model", "huge")
    [choice] = (
        room.openai()
        .chat.completions.create(
            model="m",
            messages=ASKED,
            response_format={
                "type": "json_schema",
                "json_schema": {
                    "name": "plain",
                    "schema": {"type": "object", "properties": {"text": {"type": "string"}}},
                },
            },
        )
        .choices
    )
    assert choice.message.content is not None
    assert len(choice.message.content) >= 10 * 1024 * 1024
    assert json.loads(choice.message.content)["text"].startswith("practice answer 1")


# The made-up JSON


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 60},
        {"type": "string", "maxLength": 5},
        {"type": ["null", "integer"], "minimum": 3},
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "integer", "maximum": -2},
        {"type": "array", "items": {"type": "boolean"}, "minItems": 3},
        {"type": "array", "maxItems": 0},
        {"anyOf": [{"type": "null"}, {"const": 7}]},
        {"allOf": [{"type": "object"}, {"properties": {"a": {"enum": ["x", "y"]}}}]},
        {"type": "object", "properties": {"a": {}, "b": {"type": "null"}}, "required": ["b"]},
        {
            "$defs": {
                "node": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string"},
                        "below": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                    },
                    "required": ["name", "below"],
                }
            },
            "$ref": "#/$defs/node",
        },
        Draft.model_json_schema(),
    ],
)
def test_made_up_json_is_valid_for_its_schema(schema: dict[str, Any]) -> None:
    """Whatever the schema wants, the value passes a validator, twice the same."""
    value = fitting(schema)
    Draft202012Validator(schema).validate(value)
    assert fitting(schema) == value
