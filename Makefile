.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench screenshot lock
BIN := .venv/bin
PYTHON ?= python3

help:  ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

setup: .venv/made  ## make .venv with the locked dependencies and the project in it

# One stamp for the people who run the bot, one for those who work on it: neither installs twice.
.venv/made: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dockwarden needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/made-dev: .venv/made requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: setup  ## open the playground: a local Slack, the bot and a Docker daemon
	$(BIN)/dockwarden demo

test: .venv/made-dev lint  ## run everything, the real daemon and the browser included
	tests/need
	$(BIN)/python -m pytest

lint: .venv/made-dev  ## ruff, strict types, the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/made-dev  ## how fast, as ratios to the docker CLI, docker-py and a raw socket
	tests/need
	$(BIN)/python -m tests.bench

screenshot: .venv/made-dev  ## make the README's pictures anew, from the demo's own parts
	tests/need
	$(BIN)/python -m tests.browser.screenshot

lock: .venv/made-dev  ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
