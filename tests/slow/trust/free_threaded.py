"""One planner in 32 threads of a Python without its global lock: each answer is that of one thread.

    python tests/slow/trust/free_threaded.py PYTHON [--seconds 60] [--seed N] [--record]

PYTHON is a free-threaded build, as Debian's source of python3.13 makes it with `./configure --disable-gil`.
The library and its kernel are built for it in an environment of their own. By hand, and recorded in
tests/record/platforms.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from commands import call
from records import ROOT, recorded

sys.path.insert(0, str(ROOT / "tests" / "oracle"))

from random_texts import random_text

THREADS = 32
#: Runs there: planners of several profiles are asked for the plans of texts at the same time.
ASKED = """
import json, random, sys, threading, time
import septet

seconds, seed, count = map(int, sys.argv[1:])
texts = json.load(sys.stdin)
names = ("gsm", "smsmode", "twilio", "govuk-notify", "brevo", "octopush")

def answers(planner, text):
    plan = planner.plan(text)
    return (*planner.measure(text), plan.to_dict(), plan.drawing())

right = {name: [answers(septet.Planner(name), text) for text in texts] for name in names}
asked, wrong, end = [0] * count, [], time.monotonic() + seconds

def ask(number):
    dice = random.Random(seed + number)
    while time.monotonic() < end and not wrong:
        # Compiled anew, so that threads compile, and ask, at the same time.
        planners = shared if dice.random() < 0.9 else {name: septet.Planner(name) for name in names}
        for _ in range(20):
            name, place = dice.choice(names), dice.randrange(len(texts))
            if answers(planners[name], texts[place]) != right[name][place]:
                wrong.append((name, texts[place]))
            asked[number] += 1

shared = {name: septet.Planner(name) for name in names}
threads = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if wrong:
    sys.exit(f"wrong: {wrong[0]}")
if sys._is_gil_enabled():
    sys.exit("the global lock is enabled: this is no free-threaded Python, or an extension has enabled it")
print(septet.KERNEL, sum(asked))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Share planners between threads without a global lock.")
    parser.add_argument("python", metavar="PYTHON")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/platforms.jsonl")
    asked = parser.parse_args()
    print(f"{THREADS} threads, seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        call(asked.python, "-m", "venv", folder)
        call(python, "-m", "pip", "--quiet", "install", "--disable-pip-version-check", ROOT)
        version = call(python, "-c", "import platform; print(platform.python_version())").strip()
        dice = random.Random(asked.seed)
        texts = [random_text(dice)[:400] for _ in range(300)]
        numbers = (str(asked.seconds), str(asked.seed), str(THREADS))
        kernel, answered = call(python, "-c", ASKED, *numbers, given=json.dumps(texts)).split()
    if kernel != "cython":
        sys.exit("the kernel was not compiled")
    print(
        f"Python {version}, free-threaded: {int(answered):,} answers in {THREADS} threads, none of them wrong"
    )
    if asked.record:
        figures = {"platform": f"Python {version}, free-threaded", "seed": asked.seed}
        recorded("platforms", figures | {"threads": THREADS, "answers": int(answered), "wrong": 0})


if __name__ == "__main__":
    main()
