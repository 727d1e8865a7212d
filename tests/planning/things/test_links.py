"""Links followed by text that a phone would read as part of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.planning.things.links import glued, links

GLUED = {
    "https://ex.fr/a🎉Venez vite": "https://ex.fr/a",
    "https://ex.fr/a🎉": "https://ex.fr/a",
    "https://ex.fr/🎉": "https://ex.fr/",
    "https://ex.fr/a❤️": "https://ex.fr/a",
    "https://ex.fr/a🇫🇷": "https://ex.fr/a",
    "https://ex.fr/a!🎉": "https://ex.fr/a",
    "www.ex.fr👍": "www.ex.fr",
    "ex.fr/a👉ici": "ex.fr/a",
    "https://ex.cn/abc点击查看": "https://ex.cn/abc",
    "https://ex.ru/abcЖдём вас": "https://ex.ru/abc",
    "https://ex.gr/1Ελάτε": "https://ex.gr/1",
    "https://ex.com/aمرحبا": "https://ex.com/a",
    "(https://ex.fr/a)Venez": "https://ex.fr/a",
    "https://ex.fr/a(voir plus bas)": "https://ex.fr/a",
    "[https://ex.fr/a]Venez": "https://ex.fr/a",
    "https://ex.fr/a{suite": "https://ex.fr/a",
    "https://ex.fr/a）请": "https://ex.fr/a",
    "https://ex.fr/a【查看】": "https://ex.fr/a",
    "(https://ex.fr/a.)Venez": "https://ex.fr/a",
}

QUIET = [
    "",
    "Bonjour 🎉",
    "https://ex.fr/a",
    "https://ex.fr/a 🎉 Venez",
    "https://ex.fr/a\n🎉",
    "🎉https://ex.fr/a",
    "(https://ex.fr/a)",
    "(https://ex.fr/a) Venez",
    "(https://ex.fr/a), venez",
    "https://ex.fr/a (voir plus bas)",
    "https://fr.wikipedia.org/wiki/Mercure_(planète)",
    "https://ru.wikipedia.org/wiki/Москва",
    "https://ex.fr/café",
    "https://пример.рф/путь и далее",
    "https://ex.fr/a.",
    "https://ex.fr/a…",
    "«https://ex.fr/a»",
    "https://ex.fr/a，谢谢",
    "f(x) = a(b) 🎉",
    "contact@ex.fr🎉",
    "https://ex.fr/a\u200b",
]


@pytest.mark.parametrize(("text", "link"), GLUED.items())
def test_a_link_that_something_is_glued_to(text: str, link: str) -> None:
    (found,) = glued(text)
    assert found.kind == "link"
    assert text[found.start : found.end] == link


@pytest.mark.parametrize("text", QUIET)
def test_a_link_that_nothing_is_glued_to(text: str) -> None:
    assert glued(text) == ()


def test_each_link_is_asked() -> None:
    text = "https://a.fr/x🎉 https://b.fr/y https://c.fr/z)Fin"
    assert [text[start:end] for _, start, end in glued(text)] == ["https://a.fr/x", "https://c.fr/z"]


@given(
    st.lists(
        st.sampled_from(["https://", "ex.fr/", "a", "Ж", "🎉", "(", ")", " ", "\ud800", "."]), max_size=30
    ).map("".join)
)
def test_a_glued_link_is_a_link(text: str) -> None:
    assert set(glued(text)) <= set(links(text))


@pytest.mark.parametrize("before", ["’", "👩\u200d", "!", ""])
def test_no_link_begins_in_a_cluster(before: str) -> None:
    assert not list(links(f"{before}\u0301ex.fr/a"))
    assert [(link.start, link.end) for link in links(f"{before} e\u0301x.fr/a")] == [
        (len(before) + 1, len(before) + 9)
    ]
