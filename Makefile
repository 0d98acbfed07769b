# Every target is at most five lines; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := .tools/bin/uv
.DEFAULT_GOAL := help
.PHONY: help demo demo-tamper test test-real check format lock golden bench clean

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
