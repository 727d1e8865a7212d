"""The site: where the page and its files are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from septet.serve.answers import Answers


def page_routes(answers: Answers) -> list[BaseRoute]:
    """The routes of the page: ``/`` and what is below ``/static/``, neither of which needs a token."""
    return []
