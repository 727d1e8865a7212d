"""Extras: what is said where a package is missing, and that it is said in one place."""

from __future__ import annotations

import pytest
import sources

from septet.wording.extras import Needed, installing


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("pyarrow", 'this needs pyarrow: pip install "septet[campaign]"'),
        ("pyarrow.compute", 'this needs pyarrow: pip install "septet[campaign]"'),
        ("pydantic_core", 'this needs Pydantic: pip install "septet[campaign]"'),
    ],
)
def test_what_is_missing_is_said_in_one_line(missing: str, said: str) -> None:
    needed = Needed("this", "campaign", "pyarrow", "pydantic_core")
    with pytest.raises(ModuleNotFoundError) as caught, needed:
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
    assert (str(caught.value), caught.value.name) == (said, missing)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("No module named 'pandas'", name="pandas"),
        ModuleNotFoundError("some text"),
        ImportError("a shared object is broken", name="pyarrow"),
        ValueError("another"),
        KeyboardInterrupt(),
    ],
)
def test_what_else_goes_wrong_is_left_as_it_is(error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, Needed("this", "campaign", "pyarrow"):
        raise error
    assert caught.value is error


def test_nothing_is_said_where_nothing_is_missing() -> None:
    with Needed("this", "campaign", "pyarrow"):
        pass
    assert installing("campaign") == 'pip install "septet[campaign]"'


def test_no_other_module_writes_it_itself() -> None:
    written = [path.name for path in sources.modules() if "pip install" in path.read_text("utf-8")]
    assert written == ["extras.py"]
