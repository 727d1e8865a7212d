"""References: the numbers of orders, parcels, bills and the like."""

from __future__ import annotations

import re

from .signs import BLANK, MONEY
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_REFERENCE = re.compile(
    rf"""
    # An account (IBAN, ISO 13616), in groups of four or without blanks.
    (?<!\w) [A-Z]{{2}}\d\d(?:{BLANK}?[A-Z\d]{{4}}){{2,7}}(?:{BLANK}?[A-Z\d]{{1,3}})?(?!\w)
    |
    (?<![\w&]) \#(?=[A-Za-z-]{{0,12}}\d)[A-Za-z\d]+(?:[-/_][A-Za-z\d]+){{0,6}}
    | (?<!\w)
      (?: (?i:n|no|nr|num|núm|nº|n°|nr\.?ref|№)[.]?{BLANK}?[°ºo]? | №
        | (?i:r[ée]f|réf[ée]rence|reference|referenz|riferimento|referencia|referência|
            commande|dossier|colis|facture|ticket|contrat|suivi|client|
            order|invoice|parcel|tracking|booking|case|
            pedido|encomenda|factura|fatura|reserva|ordine|pacco|fattura|
            bestellung|bestellnummer|auftrag|rechnung|sendung|paket|
            bestelling|pakket|factuur|zamówienie|zamówienia|zamowienie|zamowienia|paczka|sipariş|siparis|kargo)\b
          (?:{BLANK}(?i:number|nummer|numer|número|numero|numéro|no|nr|n|id|nolu))?
          [.]?[°º]?
      )
      {BLANK}?:?{BLANK}?
      (?P<number>\#?(?=[A-Z-]{{0,12}}\d)[A-Z\d]+(?:[-/_.](?=[A-Z\d])[A-Z\d]+){{0,6}})
      (?!\w|[,:]\d|{MONEY})
    """,
    re.VERBOSE,
)


def references(text: str) -> Iterator[Thing]:
    """The references of a text, without the words before them."""
    for match in _REFERENCE.finditer(text):
        yield Thing("reference", *match.span("number" if match["number"] else 0))
