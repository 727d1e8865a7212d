"""Degrees: replacements beside a number for the degree sign and the raised o that is typed for it.

Spanish, Portuguese, Galician, Catalan and Italian write `º` for an ordinal (`3.º A`, `2º piso`) and,
as keyboards have no other, for degrees (`20ºC`, `40º a la sombra`). The words around it decide.
"""

from __future__ import annotations

import re
from functools import lru_cache

from septet.planning.things.moments import MONTHS

from .foldings import behind_a_digit

#: `beside_a_number` needs so many characters on either side of one.
CONTEXT = 48

# The degree sign, and what is typed for it; the others are mainly raised letters.
_DEGREES = frozenset("°˚∘")
_ORDINALS = frozenset("ºᵒ")
#: Signs that are looked at beside a number.
BESIDE_NUMBERS = _DEGREES | _ORDINALS
_BLANKS = " \u00a0\u2009\u202f"

# The letter of a temperature; "20° C'est" begins another sentence.
_SCALE = re.compile(r"(\s?[CF]|c)(?![^\W_]|['\u2019])")

# Floors, grades and ranks are lower than warm days.
_LOWEST_DEGREES = 13
_WHOLE_NUMBER = re.compile(r"(?<!\d)\d{1,3}\Z")
# Zero, and a number with a sign or a fraction, is not an ordinal.
_MEASURED = re.compile(r"(?:(?<!\w)[-+\u2212\u2013±]\d+|\d[.,]\d+|(?<![\d.,])0)\s?\Z")

# Words after it, for any number; and the minutes of an angle.
_OF_DEGREES = re.compile(
    r"""
    \s* (?: a\ la\ sombr | al\ sol\b | [aàá]\ sombra | ao\ sol\b | all.ombra | a\ l.ombra
      | d[ei]\ (?:fi?ebre|febbre|temperatur|m[aáà]xim|m[ií]nim|massim|alcoh?ol|[aá]lcool|inclina|[aáà]ngul
                 |angolo|latitud|longitud|latitudin|calor|fr[ií]o|freddo|fred\b|penden|pendien)
      | (?:bajo|sobre|baixo|sota|sotto|sopra)\ [cz]ero | (?:abaixo|acima)\ de\ zero
      | celsius | cent[iíì]grad | fahrenheit | grados | graus | gradi | negativos | positivos
      | \d+\s?['\u2019\u2032] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The last word before the number: a counted noun may come before its ordinal too.
_COUNTED = (
    # Spanish
    "puesto puestos posición posicion lugar piso planta fila filas asiento turno grupo art artículo "
    "artículos articulo articulos cap capítulo capítulos capitulo capitulos tomo siglo lote apto "
    "apartamento portal puerta esc escalera bloque curso clase aula nivel día dia fase ronda etapa "
    "edición edicion ley anexo punto párrafo parrafo núm num número numero n nr habitación hab oficina "
    "despacho local consulta sala mesa clasificación quedo quedó queda quedaste terminó terminaste acabó "
    "llegó "
    # Portuguese, Galician
    "posição posto andar fileira assento artigo artigos século seculo porta escada bloco nível edição lei "
    "parágrafo paragrafo no ficou acabou terminou "
    # Italian
    "posizione luogo piano gruppo articolo articoli capitolo secolo lotto scala blocco classe livello "
    "giorno edizione legge arrivato "
    # Catalan
    "posició lloc pis torn grup article capítol segle bloc curs edició"
)
_IS_COUNTED = frozenset(_COUNTED.split())
_WORD_BEFORE = re.compile(r"([^\W\d_]{1,16})[.:]?\s*\d+\Z")
# Articles of a counted noun; `los 40º` and `a 40º` have none.
_ARTICLE = re.compile(
    r"(?<!\w)(?:el|lo|o|do|no|ao|al|del|il|dal|nel|sul|un|o meu|tu|su|mi)\s\d+\Z", re.IGNORECASE
)
_RANKED = re.compile(
    r"\s(?:en|em|na|no|nella|a)\s(?:(?:l[ao]|el|il|un[ao]?|a|o)\s)?"
    r"(?:list|carrer|clasif|classif|rankin|lig|tabl|tabel|final|prov|corrid|gar[ao]\b|conc|col[ao]\b|sort)",
    re.IGNORECASE,
)

# Italian keyboards have the degree sign, and no raised o: `3° piano`, `1° maggio`; others take it for one.
_NOUNS = (
    "piano posto anniversario compleanno classificato premio turno tempo giorno edizione capitolo articolo "
    "anno trimestre semestre comma lotto piso puesto plaza lugar aniversario curso andar aniversário prêmio "
    "prémio étage arrondissement anniversaire prix rang tour jour"
)
_COUNTED_BEHIND = MONTHS | frozenset(_NOUNS.split())
_WORD_BEHIND = re.compile(r"\s?([^\W\d_]{3,16})(?![\w'\u2019-])")

# Another number of the kind, as in `entre 8º y 15º`; and continuations without a counted noun.
_AND_ANOTHER = re.compile(r"\s?(?:[/~–-]|(?:y|e|i|o|ou|a)(?=\s))\s?(\d{1,3})\s?[º°]")
_NO_NOUN = re.compile(
    r"\s*(?:\Z|[.,;:!?)/~–-]|(?:a|al|à|á|ao|en|em|no|na|in|y|e|ed|i|o|ou|hoy|hoje|hoxe|oggi|avui|mañana|mañá|"
    r"amanhã|domani|demà|hasta|até|ata|fins|fino|con|com|amb|esta|este|por|"
    r"m[aáà]x(?:im[ao])?|m[ií]n(?:im[ao])?|massim[ao])(?![\w-])|(?:a|all|d)['\u2019])"
)
_TIME = re.compile(r"\s\d+\s?(?:h|min|minut\w+|horas?|ore|seg|s)\b")
# Towns with their temperatures: `Lisboa 22º Porto 19º`.
_BEHIND_A_NAME = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]{2,}:?\s\d+\Z")
_ANOTHER_NAME = re.compile(r"\s[^\W\d_a-z][^\W\d_]{2,}:?\s\d+\s?[º°]")

# Words before the number, in its sentence.
_WARMTH = (
    # Spanish
    "temp fiebre frío frio fríos grado grados mín min mínima mínimas mínimo mínimos minima minimas minimo "
    "minimos máx max máxima máximas máximo máximos maxima maximas maximo maximos termómetro termómetros "
    "horno lavar lavado plancha planchar alcohol cerveza cervezas ángulo ángulos giro giros girar "
    "inclinación inclinado latitud longitud conservar conserve consérvese guardar mantener mantenga "
    "nevera frigorífico congelador supera superan ronda rondan hace hacen hará harán "
    # Portuguese, Galician
    "febre grau graus forno lavagem aquecimento álcool cerveja cervexa ângulo inclinação longitude "
    "latitude manter superam faz fazem fai fan fará farán "
    # Italian
    "febbre freddo caldo gradi minime massima massime massimo termometro lavare riscaldamento birra "
    "angolo inclinazione conservare mantenere frigo frigorifero fa farà "
    # Catalan
    "fred màx màxima màximas màxime màximes mínimes tèrmica forn rentar cervesa angle"
)
_IS_WARM = frozenset(_WARMTH.split())
_WARM_STEMS = (
    *("temperatur", "calor", "térmic", "calefac", "climatiz", "refriger", "superar", "alcanz", "alcanç"),
    "rondar",
)
_WORD = re.compile(r"[^\W\d_]+")
_CLIMBING = re.compile(
    r"(?<!\w)(?:"
    r"(?:sub|sob|baj|baix|llega|chega|arriba|desce|sale|scende|puja)\w*\s(?:(?:hasta|at[eé]|fino|ata|fins)\s)?a"
    r"|(?:ca[ei]n?|cae?r[aáà]n?|estamos|estaremos|est[aá]n?|estar[aá]n?)\sa"
    r"|(?:bajo|debajo|abaixo|acima|encima|sotto|sopra|sota)\s(?:l[ao]s|els|de|d[eo]ls?|dos|i|gli)"
    r"|(?:aire|ar)\s(?:acond|cond)\w*|vin(?:o|ho|s)?\sd[aei])(?!\w)",
    re.IGNORECASE,
)
# Words right before it, whatever follows: `temperatura de 38º Madrid`.
_SAID = re.compile(
    r"(?<!\w)(?:temp|temperatur\w*|fi?ebre|febbre)[.:]?\s(?:(?:de|di|a):?\s)?\d+\Z", re.IGNORECASE
)
# `Mañana habrá 38º`, `Teremos até 35º`: right before a number that is high enough, and counts nothing.
_THERE_ARE = re.compile(
    r"(?<!\w)(?:hay|hab(?:rá|ra|ía|ia)|hubo|haver[áa]|houve|tendremos|teremos|tindrem|avremo|marca(?:rán?|n)?)"
    r"\s(?:(?:hasta|até|ata|fins\sa|fino\sa|unos|uns|máx\.?|mín\.?)\s)?\d+\Z",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"[!?;\n]|\.\s+(?=[^\W\d_a-z])")
# A day means degrees too if the scale is named.
_DAY = re.compile(
    r"(?<!\w)(?:hoy|mañana|hoje|amanhã|hoxe|mañá|oggi|domani|avui|demà|ahora|agora)(?!\w)", re.IGNORECASE
)
# A floor or a door, `14º`, `3º C`: after a street, or its number.
_ADDRESS = re.compile(
    r"(?<!\w)(?:c/|(?:calle|avda|avenida|av|plaza|pza|pl|paseo|praça|rúa|rua|via|viale|carrer|piso|pis|portal|"
    r"puerta|planta|plta|bloque|bloco|esc|escalera|apto|apartamento|andar|clase|curso|habitación|hab|edificio|"
    r"edif|torre)(?!\w)|c\. )|\d,\s*\d+\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)  # each way to write a spot asks the same
def beside_a_number(character: str, before: str, behind: str) -> str | None:
    """The replacement of a character between these, if its folding would change or spoil a number.

    A temperature loses its degree sign (`20 °C` becomes `20 C`), as people write who cannot type one;
    in an angle or a strength the sign becomes a word (`45 deg`).
    """
    number = before.rstrip(_BLANKS)
    if character not in _DEGREES and (character not in _ORDINALS or not number[-1:].isdecimal()):
        return behind_a_digit(character) if before[-1:].isdecimal() else None
    word = _WORD_BEHIND.match(behind) if character == "°" else None
    if word and word[1].lower() in _COUNTED_BEHIND and not _MEASURED.search(number):
        return behind_a_digit("º") if number == before and number[-1:].isdecimal() else None
    scale = _SCALE.match(behind)
    blank = " " if number == before else ""
    if not number[-1:].isdecimal():  # "en °C", but "n° C"
        return "" if scale and not before[-1:].isalnum() else None
    if character in _ORDINALS:
        apart = number != before
        measured = _is_of_a_scale(number, scale[0]) if scale else _is_measured(number, behind, apart=apart)
        if not measured:
            return None if apart else behind_a_digit(character)
    if scale:
        return "" if scale[0][0].isspace() else blank
    return f"{blank}deg" + (" " if behind[:1].isalnum() else "")


def _is_of_a_scale(number: str, scale: str) -> bool:
    """Whether `ºC` after a number is a temperature, not a door on a floor."""
    if _MEASURED.search(number) or _is_about_warmth(_sentence(number)):
        return True
    if _ADDRESS.search(number):
        return False
    return not scale[0].isspace() or _is_high(number) or _DAY.search(_sentence(number)) is not None


def _is_measured(number: str, behind: str, *, apart: bool) -> bool:
    """Whether `º` after a number means degrees: `40º a la sombra`, not `2º piso` or `40º aniversario`."""
    if _MEASURED.search(number) or _OF_DEGREES.match(behind) or _SAID.search(number):
        return True
    word = _WORD_BEFORE.search(number)
    if (word is not None and word[1].lower() in _IS_COUNTED) or _RANKED.match(behind):
        return False
    highest, rest = _is_high(number), 0
    if highest and _NO_NOUN.match(behind) is not None and _THERE_ARE.search(number) is not None:
        return True
    while (another := _AND_ANOTHER.match(behind, rest)) is not None:
        highest, rest = highest or int(another[1]) >= _LOWEST_DEGREES, another.end()
    if _BEHIND_A_NAME.search(number) and _ANOTHER_NAME.match(behind):
        return True
    if _NO_NOUN.match(behind, rest) is None:
        # An oven with a time is a temperature; a floor with a door is not.
        timed = _TIME.match(behind) is not None and _is_about_warmth(_sentence(number))
        return highest and (apart or timed)
    if _ARTICLE.search(number):
        return False
    if _is_about_warmth(_sentence(number)):
        return True
    return highest and _ADDRESS.search(number) is None


def _is_high(number: str) -> bool:
    whole = _WHOLE_NUMBER.search(number)
    return whole is not None and int(whole[0]) >= _LOWEST_DEGREES


def _is_about_warmth(sentence: str) -> bool:
    words = _WORD.findall(sentence.lower())
    return any(word in _IS_WARM or word.startswith(_WARM_STEMS) for word in words) or (
        _CLIMBING.search(sentence) is not None
    )


def _sentence(before: str) -> str:
    """The text before, within the same sentence."""
    start = 0
    for begins in _BEGINNING.finditer(before):
        start = begins.end()
    return before[start:]
