"""Degrees and ordinals: `º` is both, and the context decides which."""

from __future__ import annotations

import re

import pytest
from test_advice import LONG

import septet
from septet.advice.degrees import CONTEXT, beside_a_number

DEGREES = {
    "es": [
        *(
            "20ºC",
            "3ºC",
            "20 ºC",
            "20º C",
            "68ºF",
            "temperatura de 8º C",
            "hoy 9º C",
            "-3º",
            "37,5º de fiebre",
        ),
        *("2ª planta. Mañana habrá 38º, traiga agua", "calle Sol 5: hay 35º en la sala", "hubo hasta 41º"),
        *("40º de fiebre", "fiebre de 39º", "con 38º", "temperatura 25º", "temperatura de 8º", "hasta 38º."),
        *(
            "Temperatura mínima 5º",
            "temperatura de 38º Madrid",
            "12º de alcohol",
            "vino de 12º",
            "alcohol de 70º",
        ),
        *(
            "ángulo de 90º",
            "giro de 180º",
            "vista 360º",
            "fotos en 360º",
            "45º de inclinación",
            "mín. 5º máx. 12º",
        ),
        *(
            "mínima 5º, máxima 12º",
            "hasta 35º en Sevilla",
            "entre 8º y 15º",
            "8º/15º",
            "de 8º a 15º",
            "a 40º!",
        ),
        *(
            "sube a 10º",
            "baja a 5º",
            "lavar a 30º",
            "horno a 180º",
            "10º bajo cero",
            "5º sobre cero",
            "2º Celsius",
        ),
        *(
            "3º centígrados",
            "20º grados",
            "40º a la sombra",
            "40 º a la sombra",
            "latitud 40º 25' N",
            "40º25'",
        ),
        *("ola de calor: 42º", "¡Qué calor! 41º hoy", "frío: 2º", "hoy 28º y sol", "agua a 25º", "25º hoy"),
        *("Madrid 34º, Sevilla 39º", "máx 7º", "7º de máxima", "conservar a 4º", "guardar entre 2º e 8º"),
        *("estamos a 8º", "hace 6º", "térmica de 3º", "calefacción a 21º", "aire acondicionado 24º"),
        *("rondará los 40º", "alcanzarán los 38º", "a los 39º", "superar los 40º", "bajo los 10º", "36.6º"),
        *("nevada a 0º", "Temp. 20º", "los termómetros marcarán 9º", "Sevilla 35º/18º", "Piscina a 28º"),
    ],
    "pt": [
        *("20ºC", "à sombra 35º", "8º à sombra", "febre de 39º", "38º de febre", "hoje 28º e sol", "faz 7º"),
        *("Lisboa 22º Porto 19º", "25º e Porto 28º", "à temperatura de 4º", "9º de mínima", "manter a 5º"),
        *(
            "supera os 40º",
            "chega a 9º",
            "abaixo dos 5º",
            "ângulo de 45º",
            "forno a 180º",
            "5º abaixo de zero",
        ),
        *("álcool 70º", "12º de álcool", "máxima 12º", "entre 10º e 18º", "40º ao sol"),
    ],
    "it": [
        *("20ºC", "temperatura di 5º", "minima 3º massima 9º", "8º all'ombra", "9º di temperatura", "fa 9º"),
        *("febbre a 39º", "lavare a 30º", "angolo di 45º", "40º al sole"[:-1], "5º sotto zero", "gradi 7º"),
        *("scende a 4º", "forno a 180º", "oggi 28º e sole"),
    ],
    "gl": [
        "20ºC",
        "30º á sombra",
        "40º ao sol",
        "febre de 39º",
        "fai 4º",
        "fan 5º",
        "hoxe 28º",
        "5º baixo cero",
    ],
    "ca": [
        *(
            "20ºC",
            "30º a l'ombra",
            "febre de 39º",
            "fa 9º",
            "màxima 12º",
            "temperatura de 8º",
            "5º sota zero",
        ),
        *("avui 28º i sol", "rentar a 30º", "forn a 180º", "entre 8º i 15º", "fred: 2º", "angle de 90º"),
    ],
}
ORDINALS = {
    "es": [
        *("1º de mayo", "el 2º piso", "2º B", "C/ Mayor 3, 2º B", "C/ Alcalá 20, 3º C", "C/ Sol 1, 14º C"),
        *(
            "piso 3º C",
            "Avda. Sol 12, 3ºC",
            "2º izq",
            "2º izda.",
            "4º dcha",
            "3º ESO",
            "2º Bach",
            "6º C",
            "1º C",
        ),
        *("1º y 2º de ESO", "3º y 4º", "15º aniversario", "25º sorteo", "43º edición", "Art. 14º", "4º F"),
        *(
            "artículo 155º",
            "puesto 20º",
            "quedó 15º en la carrera",
            "16º D",
            "20º Dto.",
            "1º premio",
            "el 1º",
        ),
        *(
            "1º",
            "2º",
            "1º, 2º y 3º",
            "Fase 2º",
            "1º turno",
            "1º mes gratis",
            "3º día",
            "2º recibo",
            "2º grado",
        ),
        *("curso 1º A", "clase 2º C", "13º D", "portal 2, 5º F", "20º en la lista", "el 20º de la lista"),
        *(
            "20º clasificado",
            "cap. 15º",
            "tomo 14º",
            "siglo 15º",
            "25º y 26º sorteo",
            "del 14º al 20º",
            "día 1º",
        ),
        *(
            "los 20º clasificados",
            "fila 15º",
            "asiento 20º",
            "turno 15º",
            "piso 14º",
            "planta 20º",
            "15º piso",
        ),
        *("calle Sol 5: hay 14º premio", "hay 14º B", "piso 3: habrá 2º", "teremos o 15º sorteio"),
        *("quemaduras de 2º grado", "plazo: 2º", "el 40º aniversario", "1º de temporada"),
        *(
            "C. Real 5, 20º",
            "Gran Vía 20, 14º",
            "hab. 3ºC",
            "oficina 15º",
            "llegó 14º",
            "2º par al 50%",
            "5ºA",
        ),
        *("pack 1º + 2º", "1º Real Madrid 30 pts, 2º Barça 28 pts", "Vivo en un 2º", "10º"),
    ],
    "pt": [
        *("13º salário", "o 13º", "4º andar", "1º lugar", "5º Esq", "Av. 5 de Outubro, 20º Dto", "13º esq."),
        *("o 2º andar", "1º trimestre", "1º de setembro", "1º de maio", "25º e 26º sorteio", "no 1º dia"),
        *("no 15º dia", "ao 15º dia", "dia 1º", "Lote 13º", "posição 20º", "andar 14º", "apto 15º", "no 15º"),
    ],
    "it": [
        *("1º maggio", "il 1º maggio", "1º piano", "al 3º piano", "2º classificato", "dal 1º al 15 maggio"),
        *("al 15º giorno", "il 20º", "20º anniversario", "1º in classifica", "art. 15º"),
    ],
    "gl": [
        "o 1º de xaneiro",
        "3º esquerda",
        "5º dereita",
        "2º andar",
        "o 20º",
        "20º aniversario",
        "1º curso",
    ],
    "ca": [
        "1º de gener",
        "el 1º de maig",
        "3º pis",
        "C. Mallorca 15, 4º 2ª",
        "el 20º",
        "20º aniversari",
        "1º ESO",
    ],
}
# Not after a digit, or of the other gender: no degrees in any context.
NEITHER = {
    "3.º A": "3.o A",
    "2º 1ª": "2.o 1.a",
    "Mª": "Ma",
    "Dª Ana": "Da Ana",
    "Fco. Mª": "Fco. Ma",
    "n.º 4": "n.o 4",
    "nº4": "no4",
    "Nº 12": "No 12",
    "la 25ª": "la 25.a",
    "temperatura 2ª": "temperatura 2.a",
}


def readings(text: str) -> set[str | None]:
    """The result for each raised o of a text."""
    found = (match.start() for match in re.finditer("º", text))
    return {
        beside_a_number("º", text[max(0, at - CONTEXT) : at], text[at + 1 : at + 1 + CONTEXT]) for at in found
    }


@pytest.mark.parametrize("language", DEGREES)
def test_degrees(language: str) -> None:
    for text in DEGREES[language]:
        for said in (text, f"Aviso. {text}", f"{text}, gracias"):
            assert readings(said) <= {" deg", "deg", " deg ", " ", ""}, said


@pytest.mark.parametrize("language", ORDINALS)
def test_ordinals(language: str) -> None:
    for text in ORDINALS[language]:
        for said in (text, f"Aviso. {text}", f"{text}, gracias"):
            assert readings(said) == {".o"}, said


@pytest.mark.parametrize(("text", "written"), NEITHER.items())
def test_what_is_never_a_degree(text: str, written: str) -> None:
    assert septet.advise(f"{LONG}’ {text}")[0].text == f"{LONG}' {written}"


@pytest.mark.parametrize(
    ("text", "written"), [("20ºC", "20 C"), ("20 ºC", "20 C"), ("40º hoy", "40 deg hoy")]
)
def test_a_degree_is_written_as_that_of_the_degree_sign(text: str, written: str) -> None:
    for sign in "º°":
        assert septet.advise(f"{LONG}’ {text.replace('º', sign)}")[0].text == f"{LONG}' {written}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("3° piano, int. 5", "3.o piano, int. 5"), ("il 1° maggio", "il 1.o maggio")),
        *(("5° étage", "5.o étage"), ("le 1° mai", "le 1.o mai"), ("20° max", "20 deg max")),
        *(("-2° mai", "-2 deg mai"), ("n° 3 tour", "no 3 tour"), ("5° maison", "5 deg maison")),
        ("horno a 180º 20 min", "horno a 180 deg 20 min"),
    ],
)
def test_the_degree_sign_is_a_raised_o_before_what_is_counted(text: str, written: str) -> None:
    assert septet.advise(f"{LONG}’ {text}")[0].text == f"{LONG}' {written}"


def test_what_stands_far_away_says_nothing() -> None:
    assert readings("Mucho calor y fiebre. El ascensor no llega. Vivo en el número tres, 2º") == {".o"}
    assert readings("temperatura " + "x " * CONTEXT + "2º") == {".o"}
