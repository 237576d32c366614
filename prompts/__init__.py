"""The prompts: texts as files, strict about their variables, each with a version.

A variable stands as {{name}} in a file. Filling is one pass: what a value holds is never
read as a variable again.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt text. `version` is the beginning of its content's SHA-256."""

    name: str
    text: str
    version: str

    @property
    def variables(self) -> frozenset[str]:
        """The names of the variables it wants."""
        return frozenset(_VARIABLE.findall(self.text))

    def fill(self, **variables: str) -> str:
        """Put values in the place of variables.

        Raises:
            ValueError: a variable is missing, or one is given that the text does not know.
        """
        missing, unknown = self.variables - variables.keys(), variables.keys() - self.variables
        if missing or unknown:
            wrong = [f"missing {name}" for name in sorted(missing)]
            wrong += [f"unknown {name}" for name in sorted(unknown)]
            raise ValueError(f"prompt {self.name}: {', '.join(wrong)}")
        return _VARIABLE.sub(lambda found: variables[found.group(1)], self.text)


@cache
def load(name: str) -> Prompt:
    """Read the prompt of a name from its file.

    Raises:
        FileNotFoundError: there is no such prompt.
    """
    text = (files(__name__) / f"{name}.txt").read_text("utf-8")
    return Prompt(name, text, _version(text))


def joint_version(prompts: Iterable[Prompt]) -> str:
    """Return one version for prompts that were used together."""
    return _version(" ".join(prompt.version for prompt in prompts))


def _version(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_SHOWN]
