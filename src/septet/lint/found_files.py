"""Found files: which files of the given directories may hold messages."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .selection import is_of_files

#: Endings of files that hold only messages, and endings of files that may hold anything.
_SURELY = frozenset({"po", "pot", "arb", "xcstrings", "xlf", "xliff", "strings", "ftl"})
_PERHAPS = frozenset(
    {
        *("yml", "yaml", "json", "xml", "properties", "php", "toml", "csv", "tsv", "txt", "j2", "jinja"),
        *("jinja2", "erb", "mustache", "hbs", "handlebars", "liquid", "twig", "py"),
    }
)
#: Programs whose texts are not read: only their number is reported.
_PROGRAMS = frozenset({"js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"})
#: Directories of messages, by their usual names in frameworks; those of Android begin with `values`.
_OF_MESSAGES = frozenset(
    {
        *("locale", "locales", "lang", "langs", "language", "languages", "i18n", "l10n", "intl", "messages"),
        *("translation", "translations", "lc_messages", "sms", "sms_templates", "resources", "_locales"),
    }
)
#: Directories and files that never hold messages.
_NOT_LOOKED_INTO = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "build", "dist"})
#: A directory that has one of these is a whole project, of which only some files are messages.
_OF_A_PROJECT = (".git", "pyproject.toml", "package.json", "composer.json", "Gemfile", "pom.xml", "go.mod")


class Found(NamedTuple):
    """The files to read, and what else was found."""

    files: tuple[str, ...]
    #: Paths that were given and do not exist.
    missing: tuple[str, ...]
    #: Programs in the searched directories, by their endings.
    programs: tuple[tuple[str, int], ...]


def files_of(paths: Sequence[str], exclude: Sequence[str]) -> Found:
    """The files of some paths, in their order, each once: files, patterns of files, directories.

    From a directory, all files are taken that a reader may know. From a whole project, files that certainly
    hold messages are taken, and others only from a directory of messages.
    """
    files: dict[str, None] = {}
    missing: list[str] = []
    programs: Counter[str] = Counter()
    for path in paths:
        if os.path.isdir(path):
            files |= dict.fromkeys(_within(path, exclude, programs))
        elif os.path.exists(path):
            files |= dict.fromkeys([] if _is_excluded(path, exclude) else [path])
        elif glob.has_magic(path):
            matching = sorted(glob.glob(path, recursive=True))
            if not matching:
                missing.append(path)
            files |= dict.fromkeys(
                one for one in matching if os.path.isfile(one) and not _is_excluded(one, exclude)
            )
        else:
            missing.append(path)
    return Found(tuple(files), tuple(missing), tuple(sorted(programs.items())))


def _within(top: str, exclude: Sequence[str], programs: Counter[str]) -> Iterator[str]:
    of_a_project = any(os.path.exists(os.path.join(top, name)) for name in _OF_A_PROJECT)
    for directory, folders, names in os.walk(top):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _NOT_LOOKED_INTO
            and not _is_excluded(os.path.join(directory, name), exclude)
        )
        within = os.path.relpath(directory, top)
        holds_messages = not of_a_project or _is_of_messages(within.split(os.sep))
        for name in sorted(names):
            ending = name.rpartition(".")[2].lower() if "." in name else ""
            if ending in _PROGRAMS and holds_messages:
                programs[ending] += 1
            if ending in _SURELY or (ending in _PERHAPS and holds_messages):
                path = os.path.join(directory, name)
                if not (_is_excluded(path, exclude) or _is_no_file(path)):
                    # As in its usual form: `./locale/fr.po` is `locale/fr.po`.
                    yield os.path.normpath(path)


def _is_of_messages(folders: Iterable[str]) -> bool:
    return any(
        name.lower() in _OF_MESSAGES or name.startswith("values") or name.endswith(".lproj")
        for name in folders
    )


def _is_no_file(path: str) -> bool:
    """Whether it is something else, such as a pipe, for which reading would wait for ever."""
    return not os.path.isfile(path) and os.path.exists(path)


def _is_excluded(path: str, exclude: Sequence[str]) -> bool:
    shown = path.replace(os.sep, "/")
    return any(is_of_files(pattern, shown) for pattern in exclude if "/" in pattern or "." in pattern)
