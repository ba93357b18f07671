# Set-up, tests and checks. Uses uv where it is on the PATH, otherwise venv and pip.
.PHONY: install demo web screenshots test fuzz lint types imports check lock train clean
.DEFAULT_GOAL := install
.DELETE_ON_ERROR:

VENV := .venv
BIN  := $(VENV)/bin
UV   := $(shell command -v uv 2>/dev/null)
# The newest Python here that the project supports and that can make an environment
ifndef PYTHON
PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$python && break; done)
endif

ifdef UV
make_environment  = $(UV) venv --quiet --clear --seed --python '$(or $(PYTHON),>=3.11,<3.14)' $(VENV)
install_pinned    = $(UV) pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r
install_dateline  = $(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
else
make_environment  = $(or $(PYTHON),$(error dateline needs Python 3.11 to 3.13 with venv, or uv: neither is on the PATH)) -m venv --clear $(VENV)
install_pinned    = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
install_dateline  = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
endif

compile_options = pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

## install: the environment in .venv with what dateline needs to run
install: $(VENV)/run.stamp

## demo: install, read the example reports, print the incidents
demo: install
	@mkdir -p .demo
	$(BIN)/dateline --db .demo/demo.db add examples/reports
	$(BIN)/dateline --db .demo/demo.db show
	@echo 'in a browser: $(BIN)/dateline --db .demo/demo.db serve --open'

## web: the explorer's front end, from web/ into the package; does nothing where nothing changed
web: $(VENV)/dev.stamp
	$(BIN)/python hatch_build.py

## screenshots: the pictures of the documentation, taken by the browser tests
screenshots: web
	@mkdir -p docs/images
	DATELINE_SCREENSHOTS=$(CURDIR)/docs/images $(BIN)/python -m pytest tests/browser -k pictures

## test: the environment with the test tools, and the whole suite; PYTEST_ARGS goes to pytest
test: web
	$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST_ARGS)

## fuzz: all that the document of the HTTP API allows, asked at length; FUZZ_ARGS goes to schemathesis
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzzing --max-examples 200 --continue-on-failure $(FUZZ_ARGS)

## lint: style and layout of the source
lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

## types: mypy --strict
types: $(VENV)/dev.stamp
	$(BIN)/mypy

## imports: the floors of the house
imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

## check: everything that must hold before a commit
check: lint types imports test

## lock: resolve the pins anew from pyproject.toml (needs uv); UPGRADE=--upgrade takes the newest
lock:
	$(or $(UV),$(error make lock needs uv on the PATH)) pip compile $(compile_options) --output-file requirements.lock
	$(UV) pip compile $(compile_options) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

## train: the tagger's weights anew, from ENCODER and DATA to OUT (see training/README.md)
train: .venv-train/bin/python
	PYTHONPATH=src .venv-train/bin/python -m training --encoder-dir '$(ENCODER)' --data '$(DATA)' --out '$(OUT)'

.venv-train/bin/python: pyproject.toml
	$(or $(PYTHON),$(error training needs Python 3.11 to 3.13)) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@touch $@

## clean: what builds, tools and the demo left behind; the environment stays
clean:
	rm -rf .demo build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The pins and the project's own metadata decide whether an environment is up to date.
$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(install_pinned) requirements.lock
	$(install_dateline)
	@touch $@

# requirements-dev.lock holds the pins of requirements.lock as well.
$(VENV)/dev.stamp: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	$(install_pinned) requirements-dev.lock
	$(install_dateline)
	@touch $(VENV)/run.stamp $@

$(BIN)/python:
	$(make_environment)
