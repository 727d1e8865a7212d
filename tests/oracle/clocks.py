"""Stopped clocks: the tests have their own present moment, not the machine's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from septet.sending import schedules

PARIS = ZoneInfo("Europe/Paris")

#: A Wednesday on which marketing may go out, for tests that are about something else.
WEDNESDAY = "2026-06-17T10:00"


def stop_at(written: str, patch: pytest.MonkeyPatch) -> None:
    """Stops the clock at a time of Paris."""
    moment = datetime.fromisoformat(written).replace(tzinfo=PARIS)
    patch.setattr(schedules, "now", lambda zone: moment.astimezone(zone))
