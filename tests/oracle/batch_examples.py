"""What the tests of batch files share."""

from __future__ import annotations

from pathlib import Path

from sources import ROOT

#: sMsmode, « API HTTP » 2.7, 17 Envoi de SMS en mode batch, « Fichier joint », as printed there.
DOCUMENT = (
    b'"numero","message","emetteur"\n'
    b'"99999911","Ceci est le corps du message 1, test fichier CSV","RDV"\n'
    b'88888888,"Ceci est le corps du message 2, test fichier CSV",""\n'
    b'77777777,"Ceci est le corps du message 3, test fichier CSV","TOTO"\n'
)
#: The same with each number in quotation marks, as those of the first line are.
DOCUMENT_QUOTED = DOCUMENT.replace(b"88888888", b'"88888888"').replace(b"77777777", b'"77777777"')
DOCUMENT_ROWS = [
    ("99999911", "Ceci est le corps du message 1, test fichier CSV", "RDV"),
    ("88888888", "Ceci est le corps du message 2, test fichier CSV", ""),
    ("77777777", "Ceci est le corps du message 3, test fichier CSV", "TOTO"),
]

HEADER = b'"numero","message","emetteur"\n'
NUMBER = "0612345678"

VENDOR = (ROOT / "tables" / "vendors" / "smsmode.toml").read_text("utf-8")


def vendor_file(path: Path, *changes: tuple[str, str]) -> Path:
    """A vendor file like sMsmode's, with some of its text replaced."""
    text = VENDOR
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


#: The problem codes that only a row of a batch file has.
OF_ROWS = ("row-fields", "outside-charset", "cell-error")
