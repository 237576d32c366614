# Greenroom: `make demo` to see it work, `make test` to prove it. Each sets up first what it needs.

VENV := .venv
PY := "$(VENV)/bin/python"
# Tests wait more than they work: two workers for each of two cores.
WORKERS ?= 4

.PHONY: demo test about-tests setup setup-dev check format bench eval soak lock audit clean

# Only what is typed behind `make demo` counts: MODEL may stand in anybody's environment.
ifeq ($(origin MODEL),command line)
WITH_MODEL := $(if $(filter-out 0 no off,$(MODEL)),--model)
endif

demo: setup  ## the whole thing in the practice room; no token, nothing leaves it (MODEL=1: a model of yours drafts)
	@$(PY) bot.py demo $(WITH_MODEL)

test: about-tests setup-dev  ## every test, SQLite and PostgreSQL, real sockets, a real browser where there is one
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal

about-tests:
	@sh scripts/about_tests.sh

setup:  ## make .venv with what running needs; what is there and still fits is left as it is
	@sh scripts/set_up.sh "$(VENV)" running

setup-dev: setup  ## add to .venv what tests, checks and measurements need
	@sh scripts/set_up.sh "$(VENV)" developing

check: setup-dev  ## lint, format, types, import layers
	@"$(VENV)/bin/ruff" check .
	@"$(VENV)/bin/ruff" format --check .
	@"$(VENV)/bin/mypy"
	@"$(VENV)/bin/lint-imports"

format: setup-dev
	@"$(VENV)/bin/ruff" check --fix .
	@"$(VENV)/bin/ruff" format .

bench: setup-dev  ## the figures of docs/performance.md, measured here
	@$(PY) -m bench

eval: setup-dev  ## how good checks, triage, guard and (with a key) drafts are: docs/evals.md
	@$(PY) -m evals $(EVAL)

soak: setup-dev  ## kills and faults: make soak MINUTES=20 SEED=1
	@$(PY) -m bench.soak --minutes $(or $(MINUTES),5) --seed $(or $(SEED),1)

lock: setup-dev  ## compile pyproject.toml to requirements files with hashes
	@sh scripts/lock.sh $(PY)

audit: setup-dev  ## known weaknesses of the pinned dependencies; asks the network
	@sh scripts/audit.sh $(PY)

clean:
	@sh scripts/clean.sh "$(VENV)"
