"""The command line: the real command in its own process, in a terminal, and many small cases in this one."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import COMMAND, environment, in_terminal, invoke, one_complaint, posix_only, run

import septet
from septet.cli import output as cli_output
from septet.cli.app import COMMANDS, _loaded, app
from septet.cli.arguments import separate, surplus
from septet.cli.input import UsageError, message_text

FRENCH = "Ça y est : -20 % jusqu\u2019à dimanche, 10 € offerts !"
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


# --- the real command ---------------------------------------------------------------------


def test_preview_is_plain_when_piped() -> None:
    done = run("preview", FRENCH, "--profile", "smspartner", "--commercial", "--price", "0.038")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "Ça y est : -20 % jusqu'à dimanche, 10 € offerts ! STOP 36xxx" in done.stdout
    assert "61 of 160 units" in done.stdout
    assert re.search(r"Cost +0\.038$", done.stdout, re.M)


def test_count_prints_the_number_and_nothing_else() -> None:
    done = run("count", "-20 % sur tout")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["a"], 0, ""),
        (["été ç", "-p", "envoyersmspro"], 1, "error: character 5: "),
        (["a :br: b", "-p", "smspartner"], 0, "warning: characters 3\u20136: "),
        (["a :br: b", "-p", "smspartner", "--strict"], 1, "warning: characters 3\u20136: "),
        (["a", "-p", "no-such-vendor"], 2, "septet: profile 'no-such-vendor' is not known"),
    ],
)
def test_check_answers_with_its_exit_code(arguments: list[str], code: int, says: str) -> None:
    done = run("check", *arguments)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == (1 if says else 0)


def test_version_names_version_tables_and_kernel() -> None:
    expected = f"septet {septet.__version__}, tables {septet.TABLES_EDITION} (3GPP TS 23.038), kernel "
    done = run("--version")
    assert done.returncode == 0
    assert re.fullmatch(re.escape(expected) + "(python|cython)\n", done.stdout)
    pure = run("--version", env=environment(SEPTET_PURE_PYTHON="1"))
    assert pure.stdout == expected + "python\n"


def test_septet_alone_prints_the_help() -> None:
    done = run()
    assert done.returncode == 0
    assert done.stdout == run("--help").stdout
    for command in ("preview", "count", "check", "profiles", "compare"):
        assert f"  {command} " in done.stdout


def loaded_by(*arguments: str) -> set[str]:
    """The modules of septet that are loaded when a command is through."""
    script = (
        "import contextlib, sys\n"
        "from septet.__main__ import main\n"
        "with contextlib.suppress(SystemExit):\n"
        "    main()\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    return {name for name in done.stderr.split() if name.partition(".")[0] == "septet"}


def test_a_command_is_loaded_when_it_is_called() -> None:
    found = loaded_by("count", FRENCH, "--profile", "smspartner", "--commercial")
    modules = {f"septet.cli.commands.{module}" for module in COMMANDS.values()}
    assert found & modules == {"septet.cli.commands.count"}
    others = ("advice", "campaign", "sending", "templates", "vendors.answers", "vendors.words", "views")
    assert [name for name in found if name.partition(".")[2].startswith(others)] == []
    assert modules <= loaded_by("--help")


def test_every_command_is_where_it_is_looked_for() -> None:
    for module in set(COMMANDS.values()):
        names = {name for name, home in COMMANDS.items() if home == module}
        assert set(_loaded(module)) == names


@pytest.mark.parametrize(("typed", "meant"), [("cuont", "count"), ("octets", None)])
def test_an_unknown_command(typed: str, meant: str | None) -> None:
    # Older versions of Typer and Click propose nothing.
    proposal = f". Did you mean '{meant}'?" if meant else ""
    found = one_complaint(invoke(typed))
    assert any(f"No such command '{typed}'{said} (see " in found for said in {proposal, ""})


def test_without_the_extra_it_says_how_to_get_it() -> None:
    missing = "typer"
    script = f"import sys; sys.modules[{missing!r}] = None; from septet.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "preview", "a"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f'septet: the command line needs {missing}, which is not installed: pip install "septet[cli]"\n'
    )


def test_another_missing_module_is_not_taken_for_the_extra() -> None:
    script = "import sys; sys.modules['septet.cli.input'] = None; from septet.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 1
    assert "septet.cli.input" in done.stderr


@pytest.mark.parametrize("codec", ["ascii", "cp1252", "iso-8859-15", "cp437"])
@pytest.mark.parametrize("command", [["preview"], ["check", "--strict"]])
def test_an_output_that_cannot_encode_the_text(codec: str, command: list[str]) -> None:
    done = subprocess.run(
        [*COMMAND, *command, "\u2019日😀\x1b\u202e", "-p", "smspartner", "--encoding", "gsm7"],
        capture_output=True,
        env=environment(PYTHONIOENCODING=codec),
        check=False,
    )
    assert done.returncode == (0 if command == ["preview"] else 1)
    assert "Traceback" not in done.stderr.decode(codec)
    assert "U+1F600" in (done.stdout + done.stderr).decode(codec)


def test_help_in_a_terminal_without_unicode() -> None:
    done = run("preview", "--help", env=environment(PYTHONIOENCODING="ascii"))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [*COMMAND, "preview", "a" * 5000], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


_CLOSED = "septet: cannot write the output: standard output is closed\n"


def redirected(command: str, redirection: str, cwd: Path | None = None) -> tuple[int, str]:
    """The exit code of a command whose outputs go elsewhere, and what is left on standard error."""
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m septet {command} {redirection}', sys.executable],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
        cwd=cwd,
    )
    return done.returncode, done.stderr


@posix_only
@pytest.mark.parametrize("command", ["preview a", "count a", "profiles", "--version", "count --help"])
@pytest.mark.parametrize(
    ("redirection", "code", "says"),
    [
        (">&-", 2, _CLOSED),
        ("2>&-", 0, ""),
        ("<&- >&- 2>&-", 2, ""),
        ("> /dev/full", 2, "septet: cannot write the output: No space left on device\n"),
    ],
)
def test_an_output_that_is_closed_or_full(command: str, redirection: str, code: int, says: str) -> None:
    if "/dev/full" in redirection and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert redirected(command, redirection) == (code, says)


@posix_only
@pytest.mark.parametrize(
    "command",
    [
        "",
        "--help",
        "preview a --html -",
        "count a --json",
        "profiles gsm",
        "check a",
        "request a -p smspartner",
        "advise a",
        "compare a",
        "encode a",
        "decode 61",
        "batch in.csv out.csv",
        "estimate in.csv",
    ],
)
def test_no_command_loses_its_answer_in_silence(command: str) -> None:
    assert redirected(command, ">&-") == (2, _CLOSED)


@posix_only
def test_where_the_output_is_closed_no_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("recipient,message,sender\n33612345678,Bonjour,BOUTIQUE\n")
    for command in (
        "preview a --html out",
        "estimate in.csv --out out.csv --report out.html",
        "batch in.csv out --text-column message",
    ):
        assert redirected(command, ">&-", tmp_path) == (2, _CLOSED)
        assert os.listdir(tmp_path) == ["in.csv"]


@posix_only
def test_interrupted_while_it_reads(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [*COMMAND, "count", "--file", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    with open(pipe, "wb"):  # opens once the command has opened it to read
        process.send_signal(signal.SIGINT)
        output, error = process.communicate()
    assert (process.returncode, output, error) == (130, b"", b"")


@posix_only
def test_an_argument_that_is_not_utf8() -> None:
    done = run("count", b"caf\xe9")
    assert done.returncode == 2
    assert done.stderr == (
        "septet: TEXT is not UTF-8: byte 0xE9 at offset 3; give the text with --file and --file-encoding\n"
    )


@posix_only
def test_a_utf8_argument_in_a_locale_that_knows_none() -> None:
    bare = environment(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    done = run("preview", "--json", "10 €".encode(), env=bare)
    assert json.loads(done.stdout)["original"] == "10 €"


# --- in a terminal ------------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize("columns", [30, 61, 200])
def test_a_terminal_gets_colour_and_its_own_width(columns: int) -> None:
    written = in_terminal(["preview", FRENCH, "-p", "smspartner", "--commercial"], columns)
    assert "\x1b[" in written
    borders = [line for line in SGR.sub("", written).splitlines() if line.startswith("╭")]
    assert [len(border) for border in borders] == [min(columns, 100)]


@posix_only
@pytest.mark.parametrize(
    "changes", [{"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}]
)
def test_a_terminal_without_colour_gets_no_escape_sequence(changes: dict[str, str]) -> None:
    written = in_terminal(["preview", "10 € \x1b[31m\u202e [red]x[/red]"], 80, **changes)
    assert "\x1b" not in written
    assert "10 € ␛[31m⟨U+202E⟩ [red]x[/red]" in written


@posix_only
def test_a_text_cannot_act_on_the_terminal() -> None:
    written = in_terminal(["preview", "a\x1b]0;title\x07b\x9b2J\u202ec\x08\r"], 80)
    assert SGR.sub("", written).replace("\n", "").isprintable()
    # Every sequence that is left over sets a style of ours.
    assert set(SGR.findall(written)) <= {
        f"\x1b[{code}m" for code in ("0", "1", "2", "31", "32", "1;31", "1;32", "1;33", "1;35")
    }


def test_force_color_colours_a_pipe() -> None:
    assert "\x1b[" in run("preview", "10 €", env=environment(FORCE_COLOR="1")).stdout
    assert "\x1b[" in run("profiles", "gsm", env=environment(FORCE_COLOR="1")).stdout
    assert "\x1b[" not in run("preview", "10 €", env=environment(FORCE_COLOR="1", NO_COLOR="1")).stdout


def test_columns_and_width_set_the_width() -> None:
    def border(*arguments: str, **env: str) -> int:
        written = run("preview", "a", *arguments, env=environment(**env)).stdout
        return next(len(line) for line in written.splitlines() if line.startswith("╭"))

    assert border() == 80
    assert border(COLUMNS="50") == 50
    assert border("--width", "60", COLUMNS="50") == 60
    assert border("--width", "1") == 20


# --- the text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["-20 % sur tout"],
        ["--promo-- 10 €", "-p", "smsmode"],
        ["-p", "smsmode", "--promo-- 10 €"],
        ["-pas cher", "--profile=gsm"],
        ["--profile", "gsm", "-p…"],
        ["-", "-p", "gsm"],
        ["---"],
        ["--profiles"],
        ["--price"],
        ["--", "--json"],
        ["--commercial", "--", "--commercial"],
        ["-p", "gsm", "--optout-text", "--json", "-20 %"],
        ["--json-"],
        ["-1"],
        [""],
    ],
)
def test_a_text_may_look_like_an_option(arguments: list[str]) -> None:
    result = invoke("count", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "0\n" if arguments in ([""], ["-", "-p", "gsm"]) else "1\n",
        "",
    )


@pytest.mark.parametrize(
    "text", ["-20 % sur tout", "--promo-- 10 €", "-pas cher", "--profil", "--file-", "-p", "--json"]
)
def test_the_text_arrives_whole(text: str) -> None:
    options = ("-p", "gsm", "--json")
    arguments = ("preview", *options, "--", text) if text in options else ("preview", text, *options)
    assert json.loads(invoke(*arguments).stdout)["original"] == text


def test_separate() -> None:
    known = {"with_value": ["--profile", "-p", "--file"], "flags": ["--json", "--no-truncate"]}
    assert separate(["-x", "-p", "-x", "--json"], **known) == (["-p", "-x", "--json"], ["-x"], None)
    assert separate(["--profile", "--json"], **known) == (["--profile=--json"], [], None)
    assert separate(["--profile=a=b", "--json=1"], **known) == (["--profile=a=b", "--json=1"], [], None)
    assert separate(["--profil=a", "-p=a", "-pa"], **known) == ([], ["--profil=a", "-p=a", "-pa"], None)
    assert separate(["a", "--", "--json", "--"], **known) == ([], ["a", "--json", "--"], None)
    assert separate(["a", "-p"], **known) == ([], ["a"], "-p")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a", "--proflie", "gsm"], "no option is named '--proflie': did you mean --profile?"),
        (["--proflie=gsm", "a"], "no option is named '--proflie': did you mean --profile?"),
        (["-20 %", "--jsn"], "no option is named '--jsn': did you mean --json?"),
        (["a", "--no-trunc"], "did you mean --no-truncate?"),
        (["a", "b"], "one text is expected, 2 were given: 'a', 'b'"),
        (["a", "b", "c", "d"], "one text is expected, 4 were given: 'a', 'b', 'c', ..."),
        (["a", "-pgsm"], "one text is expected, 2 were given: 'a', '-pgsm'"),
        (["a", "-p"], "-p needs a value"),
        (["a", "--profile"], "--profile needs a value"),
        (["a", "--json=1"], "--json"),
        ([], "no text: expected TEXT, - for standard input, or --file FILE"),
        (["--profile", "gsm"], "no text"),
        (["a", "--file", "b"], "a text and --file are both given"),
    ],
)
def test_wrong_arguments(arguments: list[str], says: str) -> None:
    assert says in one_complaint(invoke("check", *arguments))


def test_a_very_long_text_is_not_repeated_in_a_complaint() -> None:
    assert len(surplus(["a" * 1000, "b" * 1000], ["--profile"])) < 250


def test_help_stands_above_everything() -> None:
    for arguments in (["--help"], ["a", "b", "--help"], ["--help", "--proflie"], ["--json", "--help"]):
        result = invoke("count", *arguments)
        assert result.exit_code == 0
        assert "Example:" in result.stdout


@pytest.mark.parametrize("command", [(), ("preview",), ("count",), ("check",), ("request",), ("profiles",)])
def test_every_command_has_an_example_that_works(command: tuple[str, ...]) -> None:
    import shlex

    text = invoke(*command, "--help").stdout
    example = re.search(r"Example:\n +septet (.*)\n", text)
    assert example is not None
    words = shlex.split(example.group(1).partition("&&")[0])
    assert invoke(*words).exit_code in ((0, 1) if command == ("check",) else (0,))


# --- standard input and files -------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "options", "text"),
    [
        (b"abc\n", [], "abc"),
        (b"abc\r\n", [], "abc"),
        (b"abc\n\n", [], "abc\n"),
        (b"abc\r\n\r\n", [], "abc\r\n"),
        (b"abc\r", [], "abc\r"),
        (b"abc", [], "abc"),
        (b"\n", [], ""),
        (b"", [], ""),
        (b"abc\n", ["--keep-newline"], "abc\n"),
        (b"\xef\xbb\xbfabc\n", [], "abc"),
        (b"\xef\xbb\xbf\xef\xbb\xbfabc", [], "\ufeffabc"),
        ("é€\n".encode(), [], "é€"),
        ("é€\n".encode("cp1252"), ["--file-encoding", "cp1252"], "é€"),
        ("é€\n".encode("utf-16"), ["--file-encoding", "utf-16"], "é€"),
        ("\ufeffé€\n".encode("utf-16-le"), ["--file-encoding", "UTF-16LE"], "é€"),
        (b"\xef\xbb\xbfabc", ["--file-encoding", "utf-8"], "abc"),
        (b"\xef\xbb\xbfabc", ["--file-encoding=utf-8-sig"], "abc"),
    ],
)
def test_what_is_read(content: bytes, options: list[str], text: str, tmp_path: Path) -> None:
    file = tmp_path / "message.txt"
    file.write_bytes(content)
    for source in (["--file", str(file)], ["-"], ["--file", "-"]):
        result = invoke("preview", "--json", *source, *options, stdin=content)
        assert json.loads(result.stdout)["original"] == text


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (b"caf\xe9 au lait", [], "byte 0xE9 at offset 3 is not utf-8"),
        (b"\xef\xbb\xbfcaf\xe9", [], "byte 0xE9 at offset 6 is not utf-8"),
        (b"\xef\xbb\xbfcaf\xe9", ["--file-encoding", "utf-8-sig"], "byte 0xE9 at offset 6 is not utf-8-sig"),
        (b"a\x81", ["--file-encoding", "cp1252"], "byte 0x81 at offset 1 is not cp1252"),
        (b"abc", ["--file-encoding", "utf-16-le"], "byte 0x63 at offset 2 is not utf-16-le"),
    ],
)
def test_a_byte_that_does_not_decode(content: bytes, options: list[str], says: str, tmp_path: Path) -> None:
    file = tmp_path / "message.txt"
    file.write_bytes(content)
    complaint = one_complaint(invoke("count", "--file", str(file), *options))
    assert str(file) in complaint
    assert says in complaint
    assert "--file-encoding" in complaint
    assert "standard input: " in one_complaint(invoke("count", "-", *options, stdin=content))


@pytest.mark.parametrize(
    "name", ["latin-nein", "rot13", "base64", "idna", "", "a\x00b", "\udcff", "undefined"]
)
def test_an_unknown_file_encoding(name: str) -> None:
    assert "is not a known encoding" in one_complaint(
        invoke("count", "-", "--file-encoding", name, stdin=b"a")
    )


@pytest.mark.parametrize("name", [".", "no/such/file", "a\x00b", "\udcff"])
def test_a_file_that_cannot_be_read(name: str) -> None:
    assert "cannot be read" in one_complaint(invoke("count", "--file", name))


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="closed"):
        message_text("-", None)


def test_lone_surrogates_that_no_shell_wrote_are_left_as_they_are() -> None:
    # U+DC80 could be a byte that Python escaped; U+D83D could not.
    assert json.loads(invoke("preview", "--json", "\udc80a\ud83d").stdout)["original"] == "\udc80a\ud83d"


# --- options ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["-p", "smsmode", "--encoding", "ucs2"], {"profile": "smsmode", "encoding": "ucs2"}),
        (["--profile", "smsmode", "--commercial"], {"profile": "smsmode", "commercial": True}),
        (["-p", "smsmode", "--optout", "if-free"], {"profile": "smsmode", "optout": "if-free"}),
        (
            ["-p", "smsmode", "--commercial", "--optout-text", "STOP 36100"],
            {"profile": "smsmode", "commercial": True, "optout_text": "STOP 36100"},
        ),
        (["-p", "smsmode", "--max-segments", "1"], {"profile": "smsmode", "max_segments": 1}),
        (["-p", "smsmode", "--no-truncate"], {"profile": "smsmode", "truncate": False}),
        (["-p", "envoyersmspro", "--truncate"], {"profile": "envoyersmspro", "truncate": True}),
        (["-p", "smsmode", "--truncate-words"], {"profile": "smsmode", "truncate": "words"}),
        (
            ["--max-segments", "2", "--truncate-words", "--truncate-mark", "..."],
            {"max_segments": 2, "truncate": "words", "truncate_mark": "..."},
        ),
        (
            ["-p", "smsmode", "--commercial", "--country", "be"],
            {"profile": "smsmode", "commercial": True, "country": "be"},
        ),
    ],
)
def test_options_are_the_librarys(arguments: list[str], options: dict[str, Any]) -> None:
    text = FRENCH + " ça" * 300
    planner = septet.Planner(**options)
    plan = planner.plan(text)
    expected = json.loads(json.dumps(plan.to_dict()))
    assert json.loads(invoke("preview", text, "--json", *arguments).stdout) == expected
    assert invoke("count", text, *arguments).stdout == f"{plan.billed_segments}\n"
    measured = {"encoding": plan.encoding, "units": plan.units, "billed_segments": plan.billed_segments}
    assert json.loads(invoke("count", text, "--json", *arguments).stdout) == measured
    checked = invoke("check", text, "--json", *arguments)
    assert json.loads(checked.stdout) == {"ok": plan.ok, "problems": expected["problems"]}
    assert checked.exit_code == (0 if plan.ok else 1)
    assert checked.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-p", "smsmod"], 'did you mean "smsmode"?'),
        (["-p", "no/such.toml"], "no/such.toml"),
        (["-p", ""], "profile"),
        (["--encoding", "utf8"], '--encoding: expected one of "auto"'),
        (["--optout", "sometimes"], "--optout"),
        (["--optout-text", "日", "--encoding", "gsm7"], "--optout-text: "),
        (["--max-segments", "0"], "--max-segments: "),
        (["--max-segments", "many"], "--max-segments"),
        (["--truncate-mark", "..."], "--truncate-mark: expected --truncate-words beside it"),
        (["--truncate", "--truncate-mark", "..."], "--truncate-mark: expected --truncate-words beside it"),
        (["--truncate-words", "--truncate"], "--truncate-words and --truncate contradict each other"),
        (["--no-truncate", "--truncate-words"], "--truncate-words and --no-truncate contradict each other"),
        (["--truncate-words", "--truncate-mark", "\x1b"], "--truncate-mark: '\\x1b' (U+001B)"),
        (["--country", "Texas"], "--country: "),
        (["--price", "1,5"], "--price: "),
        (["--price", "-1"], "--price: "),
        (["--price", "NaN"], "--price: "),
        (["--width", "0"], "--width: "),
        (["--width", "wide"], "--width"),
    ],
)
def test_values_that_no_one_knows(arguments: list[str], says: str) -> None:
    assert says in one_complaint(invoke("preview", "a", *arguments))


def test_a_complaint_shows_no_control_character() -> None:
    complaint = one_complaint(invoke("count", "a", "-p", "\x1b[31m\u202e\nnew"))
    assert complaint.rstrip("\n").isprintable()
    complaint = one_complaint(invoke("count", "a", "\x1b[31m"))
    assert complaint.rstrip("\n").isprintable()


def test_commands_and_options_that_do_not_exist() -> None:
    assert "No such command 'previw'" in one_complaint(invoke("previw", "a"))
    assert "--nope" in one_complaint(invoke("--nope"))
    assert "--nope" in one_complaint(invoke("profiles", "--nope"))
    assert "profiles" in one_complaint(invoke("profiles", "a", "b"))


def test_cost_in_json_is_a_string() -> None:
    priced = json.loads(invoke("preview", "a" * 161, "--json", "--price", "0.050").stdout)
    assert priced["cost"] == "0.100"
    assert "cost" not in json.loads(invoke("preview", "a", "--json").stdout)


def test_json_is_ascii_for_any_text() -> None:
    result = invoke("preview", "é\ud83d😀\x00", "--json")
    assert result.stdout.isascii()
    assert json.loads(result.stdout)["original"] == "é\ud83d😀\x00"


def test_strict_lets_warnings_count_in_json_too() -> None:
    arguments = ("check", "a :br:", "-p", "smspartner", "--json")
    assert json.loads(invoke(*arguments).stdout)["ok"] is True
    strict = invoke(*arguments, "--strict")
    assert strict.exit_code == 1
    assert json.loads(strict.stdout)["ok"] is False
    assert invoke("check", "a", "--strict").exit_code == 0


def test_check_names_the_vendors_own_code() -> None:
    result = invoke("check", "a" * 161, "-p", "envoyersmspro")
    assert result.exit_code == 1
    assert "(vendor code 4: Message too long) [too-long]" in result.stderr


# --- profiles -----------------------------------------------------------------------------


def test_profiles_lists_names_and_titles() -> None:
    shown = invoke("profiles").stdout
    groups = [group.splitlines() for group in shown.split("\n\n")]
    # A title that is too long for its line goes on in the next one.
    lines = [[line.split()[0] for line in rest if not line.startswith(" ")] for _, *rest in groups]
    assert sorted(name for names in lines for name in names) == sorted(septet.profiles())
    headings = [heading for heading, *_ in groups]
    assert headings[0] == "No vendor"
    assert headings[-2:] == ["In many countries", "Earlier rules, or another document"]
    assert {"smsmode", "octopush"} <= set(lines[headings.index("FR")])
    assert all("@" in name for name in lines[-1])
    together = " ".join(shown.split())
    assert all(septet.profile(name).title in together for name in septet.profiles())
    listed = json.loads(invoke("profiles", "--json").stdout)
    assert [(one["name"], one["title"]) for one in listed] == [
        (name, septet.profile(name).title) for name in septet.profiles()
    ]


def test_the_profile_of_the_configuration_is_listed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "septet.toml").write_text('profile = "smsmode"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = invoke("profiles").stdout.splitlines()
    assert shown[0] == "Yours"
    assert shown[1].split()[0] == "smsmode"
    assert invoke("profiles", "--no-config").stdout.splitlines()[0] == "No vendor"


@pytest.mark.parametrize("name", septet.profiles())
def test_the_sheet_of_a_profile_says_every_rule_with_its_source(name: str) -> None:
    # An address that is longer than a line is broken somewhere.
    shown = "".join(invoke("profiles", name).stdout.split())
    for rule in septet.profile(name).rules:
        assert "".join(rule.text.split()) in shown
        assert "".join(f"source: {rule.source}".split()) in shown
        if rule.assumed:
            assert "".join(f"assumed: {rule.why}".split()) in shown
    listed = json.loads(invoke("profiles", name, "--json").stdout)
    assert listed["name"] == name
    assert listed["rules"] == [rule._asdict() for rule in septet.profile(name).rules]


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('extends = "smsmode"\ntitle = "My \\u001b[31m route"\ndocument = "A letter"\n', "utf-8")
    assert invoke("count", "a", "-p", str(own)).stdout == "1\n"
    shown = invoke("profiles", str(own)).stdout
    assert shown.startswith("mine: My ␛[31m route\n")
    assert "\x1b" not in shown
    own.write_text('extends = "smsmode"\ntitel = "typing error"\n', "utf-8")
    complaint = one_complaint(invoke("profiles", str(own)))
    assert str(own) in complaint
    assert "titel" in complaint


def test_a_file_is_begun_and_all_its_faults_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "septet profiles check mine.toml" in invoke("profiles", "new", "mine").stdout
    assert invoke("profiles", "check", "mine.toml").stdout.startswith("mine.toml: valid, 7 rules")
    # It has the plain rules of the standard.
    assert septet.count("]" * 153, "mine.toml") == septet.count("]" * 153)
    assert "mine.toml exists already" in one_complaint(invoke("profiles", "new", "mine"))
    assert "expected the name of the vendor" in one_complaint(invoke("profiles", "new"))
    assert "expected the name of the vendor" in one_complaint(invoke("profiles", "new", "../x"))
    written = Path("mine.toml").read_text("utf-8")
    wrong = written.replace('base = "default"', "base = 5").replace("ceiling = 255", 'ceiling = "x"')
    # A byte order mark is no fault.
    Path("mine.toml").write_text("\ufeff" + wrong.replace("[counting]", "[count]"), "utf-8")
    faults = invoke("profiles", "check", "mine.toml").stderr.splitlines()
    lines = wrong.splitlines()
    assert [fault.partition(": expected ")[0] for fault in faults] == [
        "mine.toml: count",
        "mine.toml: alphabet.base",
        "mine.toml: counting",
        "mine.toml: limit.ceiling",
    ]
    assert faults[1].endswith(f"found 5 (line {lines.index('base = 5') + 1})")
    ceiling = next(number for number, line in enumerate(lines, 1) if line.startswith("ceiling"))
    assert faults[3].endswith(f"found 'x' (line {ceiling})")


def test_profiles_that_should_be_read_again_are_listed() -> None:
    listed = json.loads(invoke("profiles", "--json").stdout)
    ages = {one["name"]: one["youngest_source"] for one in listed}
    assert ages["gsm"] is None
    assert ages["verimor-b038"] == "2026-11"
    assert ages["smsmode"] == "2024-09"
    old = json.loads(invoke("profiles", "--older-than", "99y", "--json").stdout)
    assert {one["name"] for one in old} == {name for name, age in ages.items() if age is None}
    assert "a span such as 6m" in one_complaint(invoke("profiles", "--older-than", "half a year"))


def test_a_sender_is_checked() -> None:
    done = invoke("sender", "CHERRY C", "--profile", "brevo")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "SPACE" in done.stderr
    assert invoke("sender", "CHERRY", "--profile", "brevo").exit_code == 0
    done = invoke("sender", "Acme", "--profile", "telnyx", "--country", "US", "--json")
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["ok"]) == (0, True)
    assert [problem["code"] for problem in answer["problems"]] == ["sender-country"]


def test_a_file_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = Path("mine.toml")
    own.write_text('extends = "ovhcloud"\n', "utf-8")
    rules = septet.profile(own).rules
    assumed = sum(rule.assumed for rule in rules)
    done = invoke("profiles", "check", "mine.toml")
    first, *decided = done.stdout.splitlines()
    assert first == f"mine.toml: valid, {len(rules)} rules, {assumed} of them assumed"
    # The plans of some texts, for the writer of the file to compare: this vendor adds no mention by itself.
    assert decided[0] == "  160 × a: GSM-7, 160 units, 1 segment"
    assert "  71 × я: UCS-2, 71 units, 2 segments" in decided
    listed = json.loads(invoke("profiles", "check", "mine.toml", "--json").stdout)
    assert listed == {"ok": True, "name": "mine", "rules": len(rules), "assumed": assumed}
    own.write_text('extends = "ovhcloud"\n[limit]\nceiling = "8"\nsource = "x"\n', "utf-8")
    for arguments in (("check", "mine.toml"), ("check", str(own.resolve()))):
        done = invoke("profiles", *arguments)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1
        assert "limit.ceiling: expected a whole number from 1 to 255, found '8'" in done.stderr
    done = invoke("profiles", "check", "mine.toml", "--json")
    assert (done.exit_code, json.loads(done.stdout)["ok"]) == (1, False)
    # A file of any name is a file, and one called check too.
    Path("check").write_text('extends = "gsm"\n', "utf-8")
    assert invoke("profiles", "check", "check").stdout.startswith("check: valid")
    done = invoke("profiles", "check", "absent.toml")
    assert done.exit_code == 1
    assert "No such file" in done.stderr
    assert "expected the file to check" in one_complaint(invoke("profiles", "check"))


# --- compare ------------------------------------------------------------------------------


def test_compare_shows_every_vendor_by_its_newest_rules() -> None:
    lines = invoke("compare", "Soldes !").stdout.splitlines()
    assert lines[0].split() == ["profile", "encoding", "units", "segments"]
    newest = [name for name in septet.profiles() if "@" not in name]
    assert sorted(line.split()[0] for line in lines[1:]) == sorted(newest)
    # One of them has a code of five characters added to each text.
    assert {tuple(line.split()[1:4]) for line in lines[1:]} == {
        *(("GSM-7", "8", "1"), ("GSM-7", "13", "1"), ("UTF-8", "8", "1")),
    }


def test_compare_says_what_each_would_change_and_cost() -> None:
    done = invoke(
        *("compare", "--profiles", "smsmode,twilio,octopush,webex", "--commercial"),
        *("--price", "0.05", "--price", "twilio=0.0079", "L’été… “ ”"),
    )
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == [
        "profile encoding units segments loses cost",
        # Smart encoding: ’ … “ ” become ', three full stops and twice ".
        "twilio GSM-7 12 1 0 0.0079 ’ → ', … → ..., “ → \", ” →",
        '"',
        # This vendor has no row for …, so nothing is replaced.
        "webex UCS-2 10 1 0 0.05",
        # Not before one that loses nothing, at any cost.
        "smsmode GSM-7 21 1 4 0.05 ’ → ?, … → ?, “ → ?, ” → ?;",
        'adds "STOP 36034"',
        "octopush UCS-2 10 1 0 0.05 optout-missing",
    ]


def test_compare_ranks_by_refused_then_lost_then_cost() -> None:
    text = "Привет 🎉 §, rendez-vous à 14 h. " * 5
    found = json.loads(invoke("compare", text, "--json", "--price", "0.05").stdout)
    ranks = [(not each["ok"], each["lost"], float(each["cost"])) for each in found]
    assert ranks == sorted(ranks)
    lost = {each["profile"]: each["lost"] for each in found}
    assert lost["gsm"] == 0
    # Six letters and the emoji, a list without Cyrillic: sMsmode, 2 Envoi de SMS.
    assert lost["smsmode"] == 7 * 5
    # SMS Partner leaves out § by its own table.
    deleted = json.loads(invoke("compare", "a § b", "--json", "--profiles", "smspartner,gsm").stdout)
    assert [(each["profile"], each["lost"]) for each in deleted] == [("gsm", 0), ("smspartner", 1)]
    assert "loses" in invoke("compare", text).stdout.splitlines()[0]


def test_compare_in_json() -> None:
    done = invoke("compare", "a’", "--json", "--profiles", "twilio,sinch", "--price", "sinch=0.05")
    first, second = json.loads(done.stdout)
    assert (first["profile"], first["text"], first["cost"]) == ("twilio", "a'", None)
    assert (second["profile"], second["text"], second["cost"]) == ("sinch", "a’", "0.05")
    assert first["changes"] == [
        {"start": 1, "end": 2, "source": "’", "replacement": "'", "reason": "substitution"}
    ]


def test_compare_takes_a_file_of_ones_own_and_odd_texts(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('extends = "smsmode"\n', "utf-8")
    shown = invoke("compare", "-20 %\x1b[31m", "--profiles", f"{own},gsm").stdout
    assert "mine" in shown
    assert "\x1b" not in shown
    narrow = run("compare", "l’été…", "--profiles", "twilio", env=environment(COLUMNS="30"))
    assert "    ’ → ', … → ..." in narrow.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--profiles", "twillio"], 'did you mean "twilio"'),
        (["--profiles", ","], "--profiles: expected the names of profiles"),
        (["--price", "cheap"], "--price: expected a number such as 0.045"),
        (["--price", "twillio=1"], "--price: 'twillio' is not compared (did you mean \"twilio\"?)"),
        (["--country", "XX"], "--country: expected a country's ISO 3166-1 code"),
        (["--language", "xx"], "--language: none of those that are compared has tables of ('xx',)"),
        (["--profiles", "twilio", "--language", "auto"], "--language: none of those that are compared has"),
        (["--profiles", "gsm,gsm"], "--profiles: 'gsm' and 'gsm' are both called 'gsm'"),
        (["--profiles", "smsmode,a/smsmode.toml"], "'smsmode' and 'a/smsmode.toml' are both called"),
    ],
)
def test_compare_names_what_is_wrong(
    arguments: list[str], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("a", "smsmode.toml").write_text('extends = "gsm"\n', "utf-8")
    assert complaint in one_complaint(invoke("compare", "a", *arguments))


def test_compare_with_national_tables_where_there_are_some() -> None:
    shown = invoke("compare", "ş" * 100, "--profiles", "gsm,verimor-b038,twilio", "--language", "tr").stdout
    rows = {line.split()[0]: line.split()[1:4] for line in shown.splitlines()[1:]}
    # 155 septets with the Turkish locking table (TS 23.038, annex A.3.1); UCS-2 holds 67 in each of several.
    assert rows["gsm"] == ["GSM-7", "100", "1"]
    assert rows["verimor-b038"] == ["GSM-7", "105", "1"]
    assert rows["twilio"] == ["UCS-2", "100", "2"]
    assert 'adds "B038"' in shown


# --- the outputs --------------------------------------------------------------------------


class Stream(io.StringIO):
    """An output that is a terminal or not, and that may fail."""

    def __init__(self, terminal: bool = False, fails_with: int | None = None) -> None:
        super().__init__()
        self._terminal = terminal
        self._fails_with = fails_with

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        if self._fails_with is not None:
            raise OSError(self._fails_with, os.strerror(self._fails_with))
        return super().write(text)


@pytest.mark.parametrize(
    ("terminal", "environ", "coloured"),
    [
        (True, {"TERM": "xterm"}, True),
        (False, {"TERM": "xterm"}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": ""}, False),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_when_an_output_is_coloured(
    terminal: bool, environ: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Stream(terminal))
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert cli_output.colour() is coloured


def test_no_output_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(UsageError, match="standard output is closed"):
        cli_output.prepare()
    with pytest.raises(UsageError, match="standard output is closed"):
        cli_output.write("a")
    cli_output.write_error("a")
    assert cli_output.colour() is False
    assert cli_output.encoding() == cli_output.error_encoding() == "ascii"


def test_an_output_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Stream(fails_with=errno.EPIPE))
    monkeypatch.setattr(sys, "stderr", Stream(fails_with=errno.ENOSPC))
    cli_output.write("a")
    cli_output.write_error("a")
    monkeypatch.setattr(sys, "stdout", Stream(fails_with=errno.ENOSPC))
    with pytest.raises(UsageError, match="cannot write the output"):
        cli_output.write("a")


# --- in this process ----------------------------------------------------------------------


def test_interrupted_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("septet.cli.input._read_standard_input", interrupted)
    result = invoke("count", "-")
    assert (result.exit_code, result.stdout) == (130, "")


def test_a_fault_of_ours_is_not_taken_for_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("septet.cli.options.message_text", broken)
    assert isinstance(invoke("count", "a").exception, RuntimeError)


def test_windows_does_not_expand_the_stars_of_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["septet", "count", "*.py"])
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "utf-8"))
    seen: dict[str, Any] = {}

    def main(self: object, *_: object, **options: Any) -> int:
        seen.update(options)
        return 0

    monkeypatch.setattr("typer.core.TyperGroup.main", main)
    with pytest.raises(SystemExit):
        app()
    assert seen["windows_expand_args"] is False
