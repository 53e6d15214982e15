# Two commands for a fresh machine: `make demo` and `make test`. They need Python >= 3.11 with venv, make and git.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# What is spelled; elsewhere there are words of thirty languages.
PROSE := *.md docs examples/*.md examples/plugin deploy benchmarks/*/README.md mkdocs.yml Makefile digest/*.py digest/cli digest/store

.PHONY: demo test lint sample bench gate house fuzz audit docs site man gallery release sbom clean

demo: .venv/installed
	$(BIN)/digest build examples/inbox -o out
	@echo "Open out/$$(date +%F).html in a browser, or read out/$$(date +%F).md"

test: .venv/tested
	$(BIN)/python -m pytest -n auto

lint: .venv/tested
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy --strict digest
	$(BIN)/codespell $(PROSE)

# The committed briefing of examples/inbox; a test compares it with what the program makes today.
sample: .venv/installed
	$(BIN)/digest build examples/inbox -o out/sample --date 2026-11-21 --name briefing

bench: .venv/benched
	$(BIN)/python -m benchmarks

# What must not get worse: benchmarks/gate/README.md. Options go into ARGS: make gate ARGS="--raise --accept".
gate: .venv/benched
	$(BIN)/python -m benchmarks.gate $(ARGS)

# Modules, lines, long functions, constants without a reason. Options go into ARGS: make house ARGS=--list.
house: .venv/tested
	$(BIN)/python -m benchmarks.house $(ARGS)

# The long runs: a hundred thousand articles on each engine, and a crawl of twenty thousand pages.
scale: .venv/tested
	$(BIN)/python -m benchmarks.scale 100000 20000

.venv/python:
	@test -n "$(PYTHON)" || { echo "digest needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/python pyproject.toml
	$(PIP) install --editable .
	@touch $@

.venv/tested: .venv/installed
	$(PIP) install --editable '.[dev]'
	@touch $@

.venv/benched: .venv/tested
	$(PIP) install --editable '.[dev,bench]'
	@touch $@

clean:
	rm -rf .venv build dist out/*.md out/*.html out/*.json .pytest_cache .mypy_cache .ruff_cache .gate.json

# Inputs that nobody thought of, for everything that reads what is foreign: FUZZ_SECONDS for each format.
FUZZ_SECONDS ?= 60
fuzz: .venv/tested
	$(BIN)/python -m benchmarks.fuzz --seconds $(FUZZ_SECONDS)

# What the package rests on: known weaknesses, licences, and whether there are wheels for other machines.
audit: .venv/tested
	$(BIN)/python -m benchmarks.audit

docs: .venv/installed
	$(BIN)/python docs/generate.py

# The documentation as a site, in out/site, and the man pages, in out/man. A warning is an error.
site: .venv/sited docs
	$(BIN)/python -m mkdocs build --strict --quiet

man: .venv/installed
	$(BIN)/python docs/man.py out/man

# The pictures of docs/gallery, by Chromium.
gallery: .venv/installed
	$(BIN)/python -m benchmarks.gallery

# Wheel, sdist and bill of materials in dist/, judged: benchmarks/release.py.
release sbom: .venv/released
	$(BIN)/python -m benchmarks.release

.venv/sited: .venv/installed
	$(PIP) install --editable '.[docs]'
	@touch $@

.venv/released: .venv/installed
	$(PIP) install --editable '.[release]'
	@touch $@
