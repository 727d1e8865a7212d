"""What an opt-out mention is looked for by: no text that is shown with it may lack that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import PROFILES
from strategies import MENTIONS

import septet


def _is_there(sign: str | tuple[str, ...], text: str) -> bool:
    return any(
        all(c in allowed for c, allowed in zip(text[start:], sign, strict=False))
        for start in range(len(text) - len(sign) + 1)
    )


@pytest.mark.parametrize("profile", [name for name, rules in PROFILES.items() if rules.mention])
@given(data=st.data())
def test_a_text_with_the_mention_has_its_signs_as_it_is_written(profile: str, data: st.DataObject) -> None:
    """So that the quick way never passes over one; substitutions and deletions may bring it about."""
    terms = septet.Planner(profile, encoding="gsm7", commercial=True).terms
    mention, table = terms.settings.mention, terms.profile.substitutions
    assert mention is not None
    deleted = [source for source, target in table.items() if not target]
    brought = {target: source for source, target in table.items() if target}
    written = ""
    for character in data.draw(st.sampled_from([*MENTIONS, "STOP 36 123", "STOP 12345", "Nopub=stop"])):
        kind = data.draw(st.integers(0, 9))
        if kind == 0 and deleted:
            written += data.draw(st.sampled_from(deleted))
        written += data.draw(st.sampled_from([character, character.upper(), character.lower()]))
        if kind == 1 and character in brought:
            written = written[:-1] + brought[character]
    shown = terms.groups[-1][0].show(written)
    found = mention.is_in(written if mention.as_written else shown)
    signs = mention.signs("".join(table.values()), deletes=bool(deleted))
    assert not found or signs is None or any(all(_is_there(s, written) for s in needle) for needle in signs)
    bare = mention.signs("".join(table.values()))
    if found and bare is not None and not set(deleted) & {*written}:
        assert any(all(_is_there(s, written) for s in needle) for needle in bare)
