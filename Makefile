# make map    set up, read the seed article, draw out/iraq-2018.html
# make test   set up, Chromium for the browser tests included, and run every check
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TABLES := $(shell find data -type f -not -path '*/__pycache__/*')
# Debian's name first; any other installed browser of the family will do.
CHROMIUM := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: map test lint types unit docs lock browser bench clean

map: .venv/.installed
	@mkdir -p out
	@$(BIN)/withinreach map seeds/iraq-2018.md -o out/iraq-2018.html --force
	@echo "Open $(CURDIR)/out/iraq-2018.html in a browser; it needs no network."

test: lint types docs browser unit

lint: .venv/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: .venv/.tested
	$(BIN)/mypy

docs: .venv/.tested
	$(BIN)/mkdocs build --strict --quiet --site-dir site

unit: .venv/.tested
	$(BIN)/python -m pytest

# A browser for the browser tests: Debian's where apt can install it, else one that is there; without
# any they skip. libatomic1 is what the driver of the tests wants and a bare Debian lacks.
browser:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  dpkg -s chromium libatomic1 >/dev/null 2>&1 || { apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium libatomic1 fonts-dejavu-core >/dev/null; }; fi
	@for name in $(CHROMIUM); do command -v $$name >/dev/null && exit 0; done; \
	echo "no Chromium here and no right to install one: the browser tests will skip"

bench: .venv/.tested
	$(BIN)/python benchmarks/command.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: requirements/run.txt pyproject.toml $(TABLES) | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.tested: requirements/test.txt .venv/.installed
	$(PIP) install --quiet --require-hashes -r requirements/test.txt
	@touch $@

# Write the locks anew from requirements/*.in; no registry address gets into them.
lock: .venv/bin/python
	$(PIP) install --quiet pip-tools
	cd requirements && for name in run test; do ../$(BIN)/pip-compile --quiet --upgrade \
	  --generate-hashes --no-header --no-annotate --strip-extras --allow-unsafe \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	  -o $$name.txt $$name.in; done

clean:
	rm -rf .venv out site dist build artifacts src/withinreach/atlas/tables \
	  src/withinreach/outputs/vendor
