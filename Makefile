# Every command of the README. A second run of any of them is quick: stamps tell what is done.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
UV := $(BIN)/uv
SYNC := $(UV) pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode
# Always the Node that requirements/run.txt brings: one version for everyone, whatever the machine has.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm

# Compiled modules are kept: without them each start would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup pango run test check bench lock assets screenshots

help:
	@echo 'make run          install what is missing, start everything, print the address (PORT changes the port)'
	@echo 'make setup        only install'
	@echo 'make test         pass the tests, and measure the pages'
	@echo 'make check        lint, types, floors, migrations, templates'
	@echo 'make bench        print the figures of docs/performance.md'
	@echo 'make assets       build style sheets and scripts'
	@echo 'make screenshots  take the pictures of the README'
	@echo 'make lock         choose the newest allowed versions, and write them down with their hashes'

# --- Installing -------------------------------------------------------------------------------

setup: pango .venv/installed assets

pango: .venv/made
	@$(BIN)/python config/pango.py

.venv/made: requirements/uv.txt
	@python=$$(command -v python3.11 || command -v python3 || true); \
	if ! "$${python:-false}" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then \
	  echo 'Placework needs Python 3.11, and neither python3.11 nor python3 is it. Install it:'; \
	  echo '  Debian 12:    sudo apt-get install python3 python3-venv'; \
	  echo '  macOS:        brew install python@3.11'; \
	  echo '  elsewhere:    https://www.python.org/downloads/'; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip' 2>/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update --quiet=2 && apt-get install --yes --quiet=2 --no-install-recommends python3-venv </dev/null; \
	fi; \
	if ! "$$python" -c 'import ensurepip' 2>/dev/null; then \
	  echo 'Python lacks its venv module. Type this, and then the same command again:'; \
	  echo '  sudo apt-get install python3-venv'; \
	  exit 1; \
	fi; \
	[ -x $(BIN)/python ] || "$$python" -m venv .venv
	@site=$$(echo .venv/lib/python3*/site-packages); \
	[ -e "$$site/placework.pth" ] || echo '../../../..' > "$$site/placework.pth" # so that `pytest` alone finds the project
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/installed: .venv/made requirements/run.txt
	@echo 'Installing packages…'
	@$(SYNC) -r requirements/run.txt
	@touch $@

.venv/develop-installed: .venv/installed requirements/develop.txt
	@$(SYNC) -r requirements/develop.txt
	@touch $@

# --- Style sheets and scripts -----------------------------------------------------------------

assets: static/build/.built

node_modules/.installed: package.json package-lock.json | .venv/installed
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

ASSET_SOURCES := $(shell find static -path static/build -prune -o -type f -print) assets.mjs
static/build/.built: node_modules/.installed $(ASSET_SOURCES)
	@$(NPM) run --silent build
	@mkdir -p $(@D) && touch $@

# --- Running ----------------------------------------------------------------------------------

run: setup
	@exec $(BIN)/python manage.py serve

# --- Testing ----------------------------------------------------------------------------------

REACHED := $(BIN)/python -m slipcover --out .coverage.json

# All of them with the coverage that is asked for, and then how long each page takes; or some of them:
# make test TESTS=tests/places
test: setup .venv/develop-installed
ifdef TESTS
	$(BIN)/python -m pytest $(TESTS)
else
	$(REACHED) --json --source config,accounts,documents,places,programmes,enablers,evaluation --omit '*/migrations/*' \
	  --branch -m pytest --numprocesses 2 --dist worksteal
	$(REACHED) --merge .coverage.json --skip-covered --fail-under 95
	$(BIN)/python -m tests.bench pages
endif

check: setup .venv/develop-installed
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet templates

screenshots: setup .venv/develop-installed
	$(BIN)/python -m pytest --quiet tests/browser/screenshots.py

bench: setup .venv/develop-installed
	$(BIN)/python -m tests.bench

# --- Versions ---------------------------------------------------------------------------------

LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade
lock: .venv/made
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements/run.txt -o requirements/develop.txt
	echo uv | $(LOCK) - -o requirements/uv.txt
	! grep -n '://' requirements/*.txt
