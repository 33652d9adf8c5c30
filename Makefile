# `make run` and `make test`. They need Python 3.11 (with venv) and make; everything else comes by itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
# A real unit (`DEMONSTRATION=0 make run`) never shares a folder with the demonstration.
DATA ?= $(if $(filter 0,$(DEMONSTRATION)),.unit,.data)
SHARED ?= ../shared
export PORT DATA SHARED

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement
NPM := PATH="$(abspath $(BIN)):$$PATH" npm
COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
	--generate-hashes --no-emit-index-url --no-header
SOURCES := members accounts equipment content moderation unit smu sandbox tests manage.py

.PHONY: help run test faults bench sop lint venv dev front front-dev lock clean

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

run: venv front ## the whole unit on this machine (PORT=8000 DATA=.data DEMONSTRATION=1)
	@exec $(BIN)/python -m smu.stack --until $$PPID

test: lint sop ## every check, and every test but the long ones
	@$(BIN)/python -m pytest -n 2

faults: dev front-dev ## workers killed at each step, a hundred times: prints what was lost
	@$(BIN)/python -m tests.faults

bench: dev ## the benchmarks, a JSON object a line (ONLY=name BENCH_ROWS=rows)
	@$(BIN)/python -m tests.benchmarks

sop: dev ## each clause of the S.O.P. with the tests that bear its mark
	@$(BIN)/python -m tests.sop

lint: dev front-dev ## format, style, types, contracts, templates, migrations
	@$(BIN)/ruff format --check --quiet $(SOURCES)
	@$(BIN)/ruff check --quiet $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet templates
	@DJANGO_SETTINGS_MODULE=tests.settings_for_checks $(BIN)/python -W ignore manage.py makemigrations --check --dry-run

venv: .venv/embedded.stamp ## the virtual environment that `make run` needs
dev: .venv/dev.stamp ## the virtual environment that the tests need
front: node_modules/.stamp ## the front end's files
front-dev: node_modules/.dev.stamp ## the same, and the identity provider that the tests sign in by

.venv/bin/python:
	@echo "Making the virtual environment."
	@$$(command -v python3.11 || command -v python3) -m venv .venv

.venv/embedded.stamp: requirements/embedded.txt | .venv/bin/python
	@echo "Installing the Python packages."
	@$(PIP) $<
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	@echo "Installing the Python packages, those of the tests among them."
	@$(PIP) $<
	@touch $@ .venv/embedded.stamp

node_modules/.stamp: package-lock.json package.json .npmrc requirements/node.txt | .venv/bin/python
	@command -v npm >/dev/null || { echo "Installing npm."; $(PIP) requirements/node.txt; }
	@echo "Fetching the front end's files."
	@$(NPM) ci --ignore-scripts --silent --omit=dev
	@touch $@

node_modules/.dev.stamp: package-lock.json package.json .npmrc requirements/node.txt | .venv/bin/python
	@command -v npm >/dev/null || { echo "Installing npm."; $(PIP) requirements/node.txt; }
	@echo "Fetching the front end's files, those of the tests among them."
	@$(NPM) ci --ignore-scripts --silent
	@touch $@ node_modules/.stamp

lock: dev ## compile requirements/ from pyproject.toml
	@$(COMPILE) pyproject.toml -o requirements/app.txt
	@$(COMPILE) pyproject.toml --extra timestamps -o requirements/timestamps.txt
	@$(COMPILE) pyproject.toml --extra embedded -o requirements/embedded.txt
	@$(COMPILE) pyproject.toml --extra embedded --group dev -o requirements/dev.txt
	@$(COMPILE) --group node -o requirements/node.txt

clean: ## take away all that was made here, the demonstration's data too
	@rm -rf .venv node_modules .data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
