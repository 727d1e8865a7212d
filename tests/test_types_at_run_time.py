"""The types of everything public can be read when a program runs, not only by type checkers."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import typing
from types import FunctionType
from typing import Any

import pytest

pytest.importorskip("pydantic")

import pydantic

import septet

PUBLIC = {name: getattr(septet, name) for name in septet.__all__}
FUNCTIONS = {name: found for name, found in PUBLIC.items() if isinstance(found, FunctionType)}
CLASSES = {name: found for name, found in PUBLIC.items() if isinstance(found, type)}


def has_text(hint: Any) -> bool:
    """Whether something of a hint is still a text."""
    inner = () if typing.get_origin(hint) is typing.Literal else typing.get_args(hint)
    return isinstance(hint, str | typing.ForwardRef) or any(map(has_text, inner))


def test_every_public_function_can_be_read_and_validated() -> None:
    assert len(FUNCTIONS) > 20
    for name, function in FUNCTIONS.items():
        hints = typing.get_type_hints(function)
        assert "return" in hints, name
        signature = inspect.signature(function, eval_str=True)
        assert hints.keys() - {"return"} == signature.parameters.keys(), name
        for parameter in signature.parameters.values():
            assert not has_text(parameter.annotation), (name, parameter)
        pydantic.validate_call(function)


def test_every_public_class_and_its_methods_can_be_read() -> None:
    read = 0
    for name, public in CLASSES.items():
        assert not any(map(has_text, typing.get_type_hints(public).values())), name
        for method, held in list(vars(public).items()):
            inner = held.fget if isinstance(held, property) else getattr(held, "__func__", held)
            if isinstance(inner, FunctionType):
                assert not any(map(has_text, typing.get_type_hints(inner).values())), (name, method)
                read += 1
    assert read > 200


def test_a_validated_function_does_what_it_does_otherwise() -> None:
    count = pydantic.validate_call(septet.count)
    assert count("é" * 161, septet.profile("smsmode"), max_segments=2) == 2
    with pytest.raises(pydantic.ValidationError, match="commercial"):
        count("a", commercial="x")  # type: ignore[arg-type]
    with pytest.raises(pydantic.ValidationError, match="urgent"):
        count("a", urgent=True)  # type: ignore[call-arg]
    fits = pydantic.validate_call(septet.first_that_fits)
    assert fits(["a" * 161, "b"], max_segments=1).text == "b"
    prepared = pydantic.validate_call(septet.prepare)("smsmode", "a", recipients=["0612345678"])
    response = septet.profile("smsmode").read_response(b"31 | Erreur interne")
    assert pydantic.validate_call(septet.reconcile)(prepared, response).planned == 1


def test_options_are_a_type_for_others() -> None:
    hints = typing.get_type_hints(septet.Options)
    assert hints["commercial"] == bool | None
    assert hints.keys() == septet.options("smsmode").keys()
    assert pydantic.TypeAdapter(septet.Options).validate_python({"max_segments": 2}) == {"max_segments": 2}


def test_no_type_is_imported_for_whoever_only_counts() -> None:
    code = "import septet, sys; septet.count('a'); print('septet.wording.readable_types' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "False"
