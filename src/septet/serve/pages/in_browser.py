"""Septet in a browser: it answers as a server does, with the browser's own knowledge of characters.

Run by `static/worker.js` in Pyodide; nothing here needs more than septet itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from septet.errors import OptionError
from septet.gsm import unicode_text
from septet.serve import failures
from septet.serve.answers import Answers
from septet.serve.refusals import Impossible, TooLong, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any, Protocol

    class Characters(Protocol):
        """The functions of the worker: Intl.Segmenter and RegExp, with places in code points."""

        def hold(self, text: str) -> None:
            """Takes the text for the next questions."""

        def ends(self) -> Any:
            """Where its grapheme clusters end."""

        def compile(self, pattern: str, any_case: bool) -> int:
            """The number of a pattern."""

        def search(self, number: int, start: int, end: int) -> Any:
            """The place of a pattern's first match, as two numbers; none where there is none."""


class Browser:
    """The engine of `unicode_text` that a browser makes."""

    def __init__(self, characters: Characters) -> None:
        self._characters = characters
        self._held: str | None = None

    def cluster_ends(self, text: str) -> list[int]:
        """Where each grapheme cluster of a text ends (UAX #29)."""
        self._hold(text)
        return list(self._characters.ends())

    def compile(self, pattern: str, any_case: bool) -> unicode_text.Search:
        """A function that searches for a pattern."""
        number = self._characters.compile(pattern, any_case)

        def find(text: str, start: int, end: int) -> tuple[int, int] | None:
            self._hold(text)
            found = list(self._characters.search(number, start, end))
            return (found[0], found[1]) if found else None

        return find

    def _hold(self, text: str) -> None:
        # The time to pass a text grows with its length: a search for all matches passes it once.
        if text is not self._held:
            self._characters.hold(text)
            self._held = text


def start(characters: Characters) -> Callable[[str, str], str]:
    """The function that answers the requests of the page: the name of a request, and its body in JSON.

    An answer is JSON too: `answer`, or `refused` with the details of the problem.
    """
    unicode_text.use(Browser(characters))
    answers = Answers()
    asked: dict[str, Callable[[dict[str, Any]], Any]] = {
        **{name: getattr(answers, name) for name in ("preview", "plan", "advise", "compare", "bounds")},
        "curl": lambda body: _further().curl(answers, body),
        "report": lambda body: _further().report(answers, body),
    }

    def answer(name: str, body: str) -> str:
        try:
            return json.dumps({"answer": asked[name](json.loads(body))})
        except OptionError as error:
            refused = failures.of_option(error)
        except TooLong as error:
            refused = failures.of_length(error)
        except UnknownName as error:
            refused = failures.of_name(error)
        except Impossible as error:
            refused = failures.of_sense(error)
        except Exception:
            # The caller who waits is told that there is no answer; the request is not quoted.
            refused = failures.Failure("internal")
        return json.dumps({"refused": refused.to_dict("")})

    return answer


def _further() -> ModuleType:
    """The rare requests, loaded when needed."""
    from septet.serve import page_answers

    return page_answers
