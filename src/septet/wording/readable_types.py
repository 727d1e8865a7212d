"""Readable types: resolves the annotations of public functions and classes on request.

Annotations here are texts, and most names in them are only imported for type checkers, so a first count
loads nothing for them. Code that reads them at run time (`typing.get_type_hints`, `inspect.signature`,
pydantic) gets the types: the imports for type checkers are made then.
"""

from __future__ import annotations

import ast
import inspect
import sys
import typing
from functools import cache
from types import ModuleType
from typing import Any


class _Unchecked:
    """Tells pydantic to take a value unchanged."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.any_schema()


@cache
def names_of(module: str) -> dict[str, Any]:
    """The names of a module with those that it only has for type checkers; what is not installed is Any."""
    known = sys.modules[module]
    found = {**typing.__dict__, **known.__dict__}
    for statement in _for_type_checkers(known):
        code = compile(ast.Module([statement], []), f"<types of {module}>", "exec")
        try:
            exec(code, found)
        except ImportError:
            assert isinstance(statement, ast.Import | ast.ImportFrom)
            for alias in statement.names:
                found[(alias.asname or alias.name).partition(".")[0]] = Any
    found["BinaryIO"] = typing.Annotated[typing.BinaryIO, _Unchecked()]
    return found


def _for_type_checkers(module: ModuleType) -> list[ast.stmt]:
    """The statements of a module that only a type checker reads."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):  # an installation without sources
        return []
    blocks = (node for node in tree.body if isinstance(node, ast.If))
    return [one for node in blocks if ast.unparse(node.test) == "TYPE_CHECKING" for one in node.body]


def resolved(annotation: Any, module: str) -> Any:
    """The type of an annotation in a module; the annotation itself if it is no text or cannot be resolved."""
    text = annotation.__forward_arg__ if isinstance(annotation, typing.ForwardRef) else annotation
    if not isinstance(text, str) or module not in sys.modules:
        return annotation
    try:
        found = eval(text, names_of(module))
    except (NameError, AttributeError, TypeError, SyntaxError):
        return annotation
    for one in _classes_in(found):
        _let_pydantic_take(one)
    return type(None) if found is None else found


def _classes_in(found: Any) -> list[type]:
    inner = [one for part in typing.get_args(found) for one in _classes_in(part)]
    return [*inner, found] if isinstance(found, type) else inner


def _let_pydantic_take(one: type) -> None:
    """Lets pydantic take an instance of one of septet's classes unchanged."""
    own = one.__module__.partition(".")[0] == __name__.partition(".")[0]
    if not own or "__get_pydantic_core_schema__" in vars(one) or hasattr(one, "__total__"):
        return

    def schema(cls: type, source: Any, handler: Any) -> Any:  # as pydantic calls it
        from pydantic_core import core_schema

        protocol = getattr(cls, "_is_protocol", False)
        return core_schema.any_schema() if protocol else core_schema.is_instance_schema(cls)

    one.__get_pydantic_core_schema__ = classmethod(schema)  # type: ignore[attr-defined]
