# Every target is at most five lines; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := .tools/bin/uv
.DEFAULT_GOAL := help
.PHONY: help demo demo-tamper test test-real check format lock golden bench verifier clean

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

$(UV):
	@$(PYTHON) -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

$(VENV)/.dev: $(UV) requirements/dev.txt pyproject.toml
	@UV_PYTHON_DOWNLOADS=never $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

lock: $(UV) ## rewrite the hashed locks from pyproject.toml
	@$(UV) pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 --no-header --extra serve pyproject.toml -o requirements/run.txt
	@$(UV) pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 --no-header --extra serve --group dev pyproject.toml -o requirements/dev.txt

demo: $(VENV)/.run assets messages ## found the exercise centre, play its fourteen days, open the desk (SERVE=0: do not serve)
	@$(BIN)/truceline play demo-centre $(if $(filter 0,$(SERVE)),--no-serve)

demo-tamper: $(VENV)/.run ## damage a copy of the demo centre and show that the damaged entry is named
	@$(BIN)/truceline demo-tamper demo-centre

$(VENV)/.run: $(UV) requirements/run.txt pyproject.toml
	@test -f $(VENV)/.dev || UV_PYTHON_DOWNLOADS=never $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	@test -f $(VENV)/.dev || $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@test -f $(VENV)/.dev || $(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

test: $(VENV)/.dev messages ## every test that needs no extra program
	@$(BIN)/pytest -n 2 -m "not real"

test-real: $(VENV)/.dev assets messages ## the rest: Go judge, Chromium, faults (`.ci/run` installs what they need)
	@.ci/oracles
	@$(BIN)/pytest -m real

check: $(VENV)/.dev ## format, lint, types, layers
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

format: $(VENV)/.dev ## put the code in its one format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix-only .

golden: $(VENV)/.dev ## rewrite the golden files; review the difference
	@$(BIN)/pytest --rewrite-golden tests || $(BIN)/pytest tests

bench: $(VENV)/.dev ## every benchmark, with ratios (DATA=folder: on real reports as well)
	@for each in benchmarks/[a-z]*.py; do $(BIN)/python $$each $(if $(DATA),--data $(DATA)) || exit 1; done

bench-ledger: $(VENV)/.dev ## the ledger's goals as ratios, and its memory (SIZE=10000000: the long log)
	@$(BIN)/python benchmarks/ledger.py $(if $(SIZE),--size $(SIZE))

bench-terms: $(VENV)/.dev ## a hundred thousand incidents against an agreement (SIZE=…)
	@$(BIN)/python benchmarks/terms.py $(if $(SIZE),--size $(SIZE))

faults: $(VENV)/.dev ## a thousand kills, power cuts at depth, every system call failing once
	@TRUCELINE_KILLS=1000 HYPOTHESIS_PROFILE=deep $(BIN)/pytest tests/faults

assets: $(VENV)/.run ## fetch fonts and htmx for the pages as locked (without npm: node from PyPI)
	@$(BIN)/python -m truceline.web.assets_build

messages: $(VENV)/.run ## draw the pages' messages into the catalogues and compile them
	@$(BIN)/python -m truceline.web.locale_build

verifier: $(VENV)/.run ## pack the small verifier into one file, dist/truceline-verify.pyz
	@$(BIN)/python -m truceline.ledger.packing dist/truceline-verify.pyz

clean: ## remove what make made, the demo centre included
	@rm -rf .venv .tools node_modules build dist demo-centre demo-centre-*
