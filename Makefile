# Two commands do all the set-up on a fresh machine: `make run` and `make test`.
#
#   make run                 installs, loads samples/, serves the pages and prints their address
#   make run DOCS=folder     the same with the assessments in that folder; PORT=8400 takes another port
#   make test                installs what the tests need and runs them all
#   make check               ruff, mypy --strict, tests
#   make bench               measures against the bars and a plain pipeline
#   make setup               installs everything, runs nothing
#   make clean               removes what was installed and made; the data folder stays

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DOCS ?= samples
PORT ?=
TESTS ?= tests

.PHONY: setup run test check bench clean
.DEFAULT_GOAL := run

run: $(VENV)/.run
	@$(BIN)/hyoka load "$(DOCS)" || echo "読み込めないものがありました。読み込めた評価書で続けます。"
	@$(BIN)/hyoka serve $(if $(PORT),--port $(PORT))

test: $(VENV)/.test node_modules/.stamp
	$(BIN)/pytest $(TESTS)

check: $(VENV)/.test node_modules/.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest $(TESTS)

bench: $(VENV)/.test
	$(BIN)/python tests/bench/run.py

setup: $(VENV)/.run $(VENV)/.test node_modules/.stamp

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 以上が見つかりません。入れてから、もう一度実行してください。"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	@echo "部品を入れています(初回は数分かかります)。"
	$(PIP) --editable .
	@touch $@

# torch comes first and pinned: a free range would pull gigabytes that only a graphics card can use.
$(VENV)/.test: pyproject.toml | $(BIN)/python
	@echo "試験の部品を入れています(初回は数分かかります)。"
	$(PIP) torch==2.13.0
	$(PIP) --editable '.[dev,transformers]'
	@touch $@ $(VENV)/.run

# Only the accessibility test needs npm; htmx and the design tokens are kept in git.
node_modules/.stamp: package-lock.json
	@mkdir -p node_modules
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund; \
	else echo "npm がないので、axe-core によるアクセシビリティの試験は飛ばします。"; fi
	@mkdir -p node_modules && touch $@

clean:
	rm -rf $(VENV) node_modules build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find ingest rag prompts api tests -name __pycache__ -type d -prune -exec rm -rf {} +
