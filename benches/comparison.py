"""Answers before times: which engines are right, and the fastest of those that are always right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

Answer = tuple[str, int]


def wrong_answers(given: Sequence[Answer], right: Sequence[Answer]) -> list[tuple[Answer, Answer]]:
    """Every (given, right) pair that differs; ValueError when a text has no answer."""
    return [(said, known) for said, known in zip(given, right, strict=True) if said != known]


def exact_engines(wrong: Mapping[tuple[str, str], Collection[object]], engines: Iterable[str]) -> list[str]:
    """The engines without a wrong answer on any corpus; `wrong` by engine and corpus.

    An engine that is right on this corpus by luck is not an exact peer: it does less.
    """
    return [
        name for name in engines if not any(found for (engine, _), found in wrong.items() if engine == name)
    ]


def fastest(times: Mapping[str, float], among: Iterable[str]) -> str | None:
    """The engine with the lowest time of these; None if none of them was timed."""
    timed = [name for name in among if name in times]
    return min(timed, key=times.__getitem__, default=None)


def in_words(answer: Answer) -> str:
    """The answer as the tables write it: ``UCS-2, 3``."""
    return f"{'GSM-7' if answer[0] == 'gsm7' else 'UCS-2'}, {answer[1]}"
