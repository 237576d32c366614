"""Every pattern of the project, found by itself, so that a new one cannot be missed.

A pattern is written out in a file, or lies in memory once all modules are imported and all tables
read, or is made anew of words that come: those calls are listed here with an example of the words.
A call that makes a pattern inside a function and is not listed is a fault.
"""

import ast
import functools
import gc
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import patterns
from replies.playbook.occasions import answers_for, default_playbook
from replies.text.post_tone import sounds

ROOT = Path(__file__).parent.parent
#: Rooms that read what comes from outside: theirs end by themselves.
ROOMS = ("clients", "commands", "handlers", "insights", "replies", "storage", "views", "jobs")
#: These use the standard library's; the practice room stands by itself.
OTHERS = ("domain", "prompts", "setting_values.py", "settings.py", "sandbox", "evals", "bench")
#: These are in none of the two: the engine itself, and tests, which no stranger's text meets.
APART = ("patterns.py", "necessary", "tests")
#: Calls inside functions that read our own tables, each once; what they made lies in memory.
OF_TABLES = {
    ("replies/checks/team_words.py", "_any_of"),
    ("replies/drafting/hand_over.py", "_either"),
    ("replies/drafting/hand_over.py", "_phrases"),
    ("replies/injection/gap_patterns.py", "gap_pattern"),
    ("replies/playbook/occasions.py", "_cue"),
    ("replies/rules/__init__.py", "_compiled"),
    ("replies/rules/__init__.py", "word_lists"),
    ("replies/steering/understanding.py", "_tables"),
    ("replies/text/post_tone.py", "_pattern"),
    ("replies/triage/abuse.py", "_compiled"),
    ("replies/triage/abuse.py", "_grievance"),
    ("replies/triage/tables.py", "__init__"),
}
#: Calls that make a pattern of words that come, with words for the names that they use.
MADE_ANEW: dict[tuple[str, str], dict[str, Any]] = {
    ("replies/drafting/model_drafts.py", "tidy"): {"author_handle": "annlee"},
    ("replies/facts/commitments.py", "_to_end"): {},
    ("replies/learning/applying.py", "_phrase"): {"parts": r"no\s+worries"},
    ("replies/learning/applying.py", "_drop"): {"phrase": "no worries"},
    ("replies/playbook/gaps.py", "_from_list"): {"word": "croissant"},
    ("replies/questions/understanding.py", "_of_somebody"): {"handle": "annlee"},
    ("replies/steering/reshaping.py", "_without"): {"first_name": "Ann"},
    ("sandbox/control/people.py", "as_typed"): {"pattern": r"@annlee(?![\w.-])"},
    ("storage/posts/redact.py", "redact_handle"): {"handle": "annlee"},
    ("storage/posts/redact.py", "_unlist"): {"person": SimpleNamespace(id="77")},
}
_MAKERS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}


def made_at_once() -> list[patterns.Pattern[str]]:
    """Return every pattern that lies in memory once all is imported and asked once.

    It is asked of a process of its own: in this one lie what other tests have made too, patterns
    that never end among them.
    """
    asked = "import json, tests.patterns_of_ours as ours; print(json.dumps(ours.in_memory()))"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [patterns.Pattern(pattern, flags) for pattern, flags in json.loads(told.stdout)]


def in_memory() -> list[tuple[str, int]]:
    """Return the patterns in the memory of this process, each with its flags."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(found.name)
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ROOMS:
            for made in list(vars(module).values()):
                if isinstance(made, functools._lru_cache_wrapper) and _asks_nothing(made):
                    made()
    # Cues are compiled one by one when a post is first held against them.
    answers_for("what is this?", default_playbook())
    sounds("what is this?")
    alive = (each for each in gc.get_objects() if isinstance(each, patterns.Pattern))
    return sorted({(each.pattern, int(each.flags)) for each in alive})


def _asks_nothing(function: Callable[..., Any]) -> bool:
    return not inspect.signature(function).parameters


def places(*rooms: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Yield where patterns are made: the file, the function around it ("" for none), the call."""
    for room in rooms:
        path = ROOT / room
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            name = str(file.relative_to(ROOT))
            yield from ((name, *found) for found in _calls(ast.parse(file.read_text("utf-8"))))


def _calls(tree: ast.AST, around: str = "") -> Iterator[tuple[str, ast.Call]]:
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef) else around
        if isinstance(node, ast.Call) and _makes(node.func):
            yield around, node
        yield from _calls(node, inside)


def _makes(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in _MAKERS
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


def written_out(*rooms: str, engine: Any) -> Iterator[Any]:
    """Yield the patterns that stand in the files of rooms, compiled with an engine.

    Raises:
        AssertionError: a pattern is made inside a function and stands in neither list above.
    """
    for file, function, call in places(*rooms):
        if call.args and isinstance(call.args[0], ast.Constant):
            known: dict[str, Any] = {}
        elif (file, function) in MADE_ANEW:
            module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            known = {**vars(importlib.import_module(module)), **MADE_ANEW[file, function]}
        else:
            assert not function or (file, function) in OF_TABLES, (
                f"{file}: {function} makes a pattern; list it in tests/patterns_of_ours.py"
            )
            continue
        yield engine.compile(_value(call.args[0], known), _flags(call, engine))


def _value(node: ast.expr, known: dict[str, Any]) -> str:
    whole = compile(ast.Expression(node), "a pattern", "eval")
    return str(eval(whole, known))  # noqa: S307 - the words are our own code


def _flags(call: ast.Call, engine: Any) -> int:
    named = [word.value for word in call.keywords if word.arg == "flags"]
    given = named or call.args[1 if _attr(call) == "compile" else 3 :]
    words = [
        node.attr for flag in given for node in ast.walk(flag) if isinstance(node, ast.Attribute)
    ]
    return sum(int(getattr(engine, word)) for word in words if word.isupper())


def _attr(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def in_modules(*rooms: str) -> Iterator[re.Pattern[str]]:
    """Yield the standard library's patterns that lie in modules, in tuples and tables too."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in {room.removesuffix(".py") for room in rooms}:
            for made in list(vars(module).values()):
                yield from _inside(made)


def _inside(made: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(made, re.Pattern) and isinstance(made.pattern, str):
        yield made
    elif isinstance(made, tuple | list | frozenset | set):
        for each in made:
            yield from _inside(each)
    elif isinstance(made, dict):
        yield from _inside(tuple(made.values()))
