"""What septet raises on its own account can be caught by its kind, copied and pickled."""

from __future__ import annotations

import copy
import pickle

import pytest

from septet.errors import BatchFileError, CampaignError, FileError


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FileError("rows.csv is not a regular file"), "rows.csv is not a regular file"),
        (FileError("it cannot be read", "rows.csv"), "rows.csv: it cannot be read"),
        (FileError("it is no CSV", "rows.csv", 3), "rows.csv, line 3: it is no CSV"),
        (CampaignError("rows.csv: it is empty"), "rows.csv: it is empty"),
        (BatchFileError("it is no CSV", "rows.csv", 3), "rows.csv, line 3: it is no CSV"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_of_a_file_says_where_it_is(error: FileError, says: str) -> None:
    for same in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert str(same) == says
        assert type(same) is type(error)
        assert (same.reason, same.file, same.line, same.args) == (
            *(error.reason, error.file, error.line),
            error.args,
        )
        assert isinstance(same, ValueError)
