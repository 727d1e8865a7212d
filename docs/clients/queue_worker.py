"""A queue of messages in one SQLite file, and the worker that sends them; no broker is needed.

    with Queue("messages.sqlite") as queue:
        queue.put("Votre commande est prête.", "0623123457")
        work(queue, lambda text, recipient: smsmode_client.send(client, text, [recipient]))

A message is checked when it is put in: what the vendor would refuse never waits in the queue. The
worker marks a message as being sent before it sends it. One that it was sending when it was killed,
or to which something was answered that no document shows, stays marked, since nobody knows whether it
went out: `Queue.unsettled` lists those for a person.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Self

import septet


class Waiting(NamedTuple):
    """A message of the queue."""

    number: int
    text: str
    recipient: str


class Queue:
    """Messages that wait, are being sent, were sent or were refused. Used with ``with``."""

    def __init__(self, path: str, profile: str = "smsmode", **options: Any) -> None:
        """`options` are those of `septet.prepare` that each message has, such as `sender`."""
        self._profile = septet.profile(profile)
        self._options = options
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS messages (number INTEGER PRIMARY KEY, text TEXT, recipient TEXT,"
            " state TEXT DEFAULT 'waiting', not_before REAL DEFAULT 0, answer TEXT)"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._connection.close()

    def put(self, text: str, recipient: str) -> int:
        """Puts a message in and gives its number. Raises `septet.RejectedMessage`."""
        prepared = septet.prepare(self._profile, text, recipients=recipient, **self._options)
        prepared.raise_for_problems()
        row = self._connection.execute(
            "INSERT INTO messages (text, recipient) VALUES (?, ?)", (text, recipient)
        )
        return int(row.lastrowid or 0)

    def take(self, now: float) -> Waiting | None:
        """The next message that is due, marked as being sent; None when none is."""
        row = self._connection.execute(
            "UPDATE messages SET state = 'sending' WHERE number = (SELECT number FROM messages"
            " WHERE state = 'waiting' AND not_before <= ? ORDER BY number LIMIT 1)"
            " RETURNING number, text, recipient",
            (now,),
        ).fetchone()
        return None if row is None else Waiting(*row)

    def settle(self, number: int, state: str, answer: str = "", not_before: float = 0) -> None:
        """Says what became of a message."""
        self._connection.execute(
            "UPDATE messages SET state = ?, answer = ?, not_before = ? WHERE number = ?",
            (state, answer, not_before, number),
        )

    def unsettled(self) -> list[Waiting]:
        """The messages that were being sent when their worker ended."""
        rows = self._connection.execute(
            "SELECT number, text, recipient FROM messages WHERE state = 'sending' ORDER BY number"
        )
        return [Waiting(*row) for row in rows]


def work(
    queue: Queue,
    send: Callable[[str, str], septet.Response],
    *,
    now: Callable[[], float] = time.time,
    again_after: float = 60,
) -> int:
    """Sends what is due and gives how many were accepted."""
    accepted = 0
    while (message := queue.take(now())) is not None:
        try:
            response = send(message.text, message.recipient)
        except septet.ResponseError as error:
            # An overloaded server answers with its status, and with no document of the vendor's.
            # After any other such answer nobody knows whether the message went out.
            if not error.temporary:
                raise
            queue.settle(message.number, "waiting", str(error), now() + again_after)
            continue
        if response.accepted:
            accepted += 1
            queue.settle(message.number, "sent", " ".join(response.message_ids))
        elif response.temporary:
            queue.settle(message.number, "waiting", str(response.message), now() + again_after)
        else:
            queue.settle(message.number, "refused", f"{response.code}: {response.message}")
    return accepted
