"""Languages: the language of a file of messages, by its name or its folder."""

from __future__ import annotations

import re

#: ISO 639-1, and the codes of three letters that are frequent in message files.
_CODES = frozenset(
    re.findall(
        "[a-z]+",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
        "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz "
        "ia id ie ig ii ik in io is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
        "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
        "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te "
        "tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ckb fil haw hmn "
        "kab yue zgh",
    )
)
_TAG = r"([a-z]{2,3})((?:[-_](?:r?[A-Z]{2}|[a-z]{2}|[A-Z][a-z]{3}|[0-9]{3}|latin|cyrl))*)"
_WHOLE = re.compile(_TAG)
#: `messages_fr_CA`, `app-fr`, `messages.fr`, at the end of a name without its endings.
_AT_THE_END = re.compile(_TAG)
_BEGINNING = re.compile(r"^|[._-]")
#: `values-fr-rCA` and `values-b+sr+Latn` of Android, `fr.lproj` of Apple.
_VALUES = re.compile(r"values-(?:b\+)?([a-z]{2,3})((?:[-+](?:r?[A-Z]{2}|[A-Z][a-z]{3}|[0-9]{3}))*)(?:-.*)?")
#: Folders above these belong to the machine, and their short names are not languages.
_NEAREST = 4
_ENDINGS = re.compile(r"(?:\.[A-Za-z0-9]{1,12})$")


def language_of(path: str) -> str | None:
    """The language that a path names, the file's own name first, then the nearest folder; or None."""
    *folders, name = path.replace("\\", "/").split("/")
    stem = _ENDINGS.sub("", name)
    while True:
        # The tag that begins first is the longest: `pt_BR`, not `BR`.
        for start in _BEGINNING.finditer(stem):
            found = _AT_THE_END.fullmatch(stem, start.end())
            if found and found[1] in _CODES:
                return f"{found[1]}{found[2]}"
        shorter = _ENDINGS.sub("", stem)
        if shorter == stem:
            break
        stem = shorter
    for folder in reversed(folders[-_NEAREST:]):
        folder = folder.removesuffix(".lproj")
        tag = _WHOLE.fullmatch(folder) or _VALUES.fullmatch(folder)
        if tag and tag[1] in _CODES:
            return f"{tag[1]}{tag[2].replace('-r', '-').replace('+', '-')}"
    return None


def is_language(name: str) -> bool:
    """Whether a key is the tag of a language."""
    found = _WHOLE.fullmatch(name)
    return found is not None and found[1] in _CODES


def are_roots(names: list[str], path: str) -> bool:
    """Whether the keys of a whole file are languages, as in Rails: they are then not part of the keys below.

    A single key is a word, such as `to` and `id`, where the file's name gives another language.
    """
    language = language_of(re.split(r"[\\/]", path)[-1])
    if not names or not all(map(is_language, names)):
        return False
    return len(names) > 1 or language is None or names[0][:2] == language[:2]
