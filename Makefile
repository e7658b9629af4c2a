# Pasar Mojokerto: `make run` opens the shop, `make test` proves it, `make help` lists the rest.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PY := .venv/bin/python
PYTEST := $(PY) -m pytest -n 2 --dist worksteal
BABEL := $(PY) -m babel.messages.frontend --quiet
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))

.PHONY: help run run-card build quick test prove coverage lint libraries tools browser lock translations clean

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: build ## open the demo shop: web server and worker, until Ctrl-C
	@export DEMO=$${DEMO:-1}; exec $(PY) -m flask --app wsgi prepare
	@export DEMO=$${DEMO:-1}; exec $(PY) bin/start.py

run-card: build ## the same with card payments at a fake Stripe: no account, no money
	@export DEMO=$${DEMO:-1}; exec $(PY) -m flask --app wsgi prepare
	@export DEMO=$${DEMO:-1}; exec $(PY) bin/start.py --card

build: libraries $(CATALOGUES) ## only install: for a server that starts the web server and the worker itself

quick: lint ## the checks of every few minutes: lint, types, and the quick tests on SQLite without a browser
	@$(PYTEST) -m "not browser and not slow and not java" --engines sqlite

test: lint browser ## everything that must hold: lint, types, every test on SQLite and PostgreSQL, and in Chromium
	@$(PYTEST) --engines sqlite,postgresql

prove: tools $(CATALOGUES) ## the full counts of every promise, into bench/results/*.json
	@sh bin/prove

coverage: tools $(CATALOGUES) ## whether every line and branch of money and orders is reached by the tests about them
	@$(PY) -m bench.coverage

lint: tools $(CATALOGUES) ## style, format, types, templates, and who imports whom
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@$(PY) -m djlint --lint --quiet templates
	@.venv/bin/lint-imports --no-cache --no-logo

libraries:
	@sh bin/environment requirements.txt

tools:
	@sh bin/environment requirements.txt requirements-dev.txt

browser: tools
	@sh bin/browser

%.mo: %.po | libraries
	@$(BABEL) compile --input-file $< --output-file $@

translations: tools ## collect the texts of code and pages into the catalogues under translations/
	@sh bin/translations

lock: tools ## write the lock files anew; LOCK=--upgrade takes the newest versions
	@sh bin/lock $(LOCK)

clean: ## remove what make has made, but never instance/, where the shop's data are
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage $(CATALOGUES)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
