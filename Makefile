# Works on a fresh machine with Python 3.11, make and the package registries.
# Each target sets up what it needs; `make demo` and `make test` can be the first command ever run.

PYTHON ?= python3
TOOLS  := .tools
VENV   := .venv
BIN    := $(VENV)/bin
SYNCED := $(VENV)/.synced
EXAMPLE := examples/tartus-ambush.html

# A uv that runs (a shim may exist and not run), else one of our own in .tools.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo $(TOOLS)/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help setup gazetteer demo test lint types imports check docs bench evaluate clean

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

$(TOOLS)/bin/uv:
	$(PYTHON) -m venv $(TOOLS)
	@echo '*' > $(TOOLS)/.gitignore
	$(TOOLS)/bin/python -m pip install --quiet uv

$(SYNCED): pyproject.toml uv.lock | $(filter $(TOOLS)/bin/uv,$(UV))
	$(UV) sync --frozen
	@touch $@

setup: $(SYNCED) ## Install marsad and its tools into .venv

gazetteer: setup ## Build the gazetteer, once
	@$(BIN)/marsad places find Tartus --limit 1 >/dev/null

demo: gazetteer ## Code the bundled example and write it as a page too
	@$(BIN)/marsad code $(EXAMPLE)
	@mkdir -p dist
	@$(BIN)/marsad code $(EXAMPLE) --format html --output dist/demo.html
	@echo
	@echo "The same as a page with every evidence marked: dist/demo.html"

test: gazetteer ## Run the tests
	$(BIN)/python -m pytest -n 2

lint: setup ## Check format and lint rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup ## Check types
	$(BIN)/mypy

imports: setup ## Check which part imports which
	$(BIN)/lint-imports --no-cache

check: lint types imports test ## Everything that CI checks

docs: gazetteer ## Make what is made in the docs: event types, the output in the README
	$(BIN)/python -m tests.contract.event_types_page
	$(BIN)/python -m tests.contract.readme_output

bench: gazetteer ## Measure start-up, speed, memory, the ledger and exports
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.ledger
	$(BIN)/python -m benchmarks.exports

evaluate: gazetteer ## Compare the coder's scores with the pinned floors
	$(BIN)/python -m evaluation --check

clean: ## Remove what was made here; the gazetteer in the data folder stays
	rm -rf $(VENV) $(TOOLS) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
