"""References: the numbers of orders, parcels, bills and the like."""

from __future__ import annotations

import re

from .digits import found_near
from .signs import BLANK, MONEY
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .digits import Runs

# What comes before the number of an order or a parcel, in nine languages.
_WORDS = (
    "n no nr num núm number nummer numer número numero numéro id "
    "réf ref référence reference referenz riferimento referencia referência "
    "commande dossier colis facture ticket contrat suivi client order invoice parcel tracking booking "
    "case "
    "pedido encomenda factura fatura reserva ordine pacco fattura "
    "bestellung bestellnummer auftrag rechnung sendung paket bestelling pakket factuur "
    "zamówienie zamówienia zamowienie zamowienia paczka sipariş siparis kargo "
)
_NAMING = frozenset(_WORDS.split())
_BEFORE = re.compile(rf"(?:(?<!\w)(?P<word>[^\W\d_º]{{1,20}})\.?{BLANK}?[°º]?|№){BLANK}?:?{BLANK}?\Z")
_FAR = 30
# Capitals and digits with signs between: a digit is among the first, after so many at the most with a `#`.
_BEFORE_A_DIGIT = 13
_TOKEN = re.compile(
    rf"(?=[#A-Z\d])(?<![\w&-])\#?(?=[A-Z-]{{0,{_BEFORE_A_DIGIT - 1}}}\d)[A-Z\d]+"
    rf"(?:[-/_.](?=[A-Z\d])[A-Z\d]+){{0,6}}(?!\w|[,:]\d|{MONEY})"
)
_HASH = re.compile(r"(?<![\w&])#(?=[A-Za-z-]{0,12}\d)[A-Za-z\d]+(?:[-/_][A-Za-z\d]+){0,6}")
# An account (IBAN, ISO 13616), in groups of four or without blanks. It begins with a country and two digits.
_COUNTRY = re.compile(r"[A-Z][A-Z]\d\d")
_ACCOUNT = re.compile(
    rf"(?=[A-Z])(?<!\w)[A-Z]{{2}}\d\d(?:{BLANK}?[A-Z\d]{{4}}){{2,7}}(?:{BLANK}?[A-Z\d]{{1,3}})?(?!\w)"
)


def references(text: str, digits: Runs) -> Iterator[Thing]:
    """The references of a text, without the words before them."""
    for match in found_near(_TOKEN, text, digits, _BEFORE_A_DIGIT):
        before = _BEFORE.search(text, max(0, match.start() - _FAR), match.start())
        if before and (before["word"] is None or before["word"].lower() in _NAMING):
            yield Thing("reference", *match.span())
    patterns: tuple[re.Pattern[str], ...] = (_HASH,) if "#" in text else ()
    if _COUNTRY.search(text) is not None:
        patterns += (_ACCOUNT,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Thing("reference", *match.span())
