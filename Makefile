# Everything is done from here; `make help` lists it. Each target sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-package execution-hooks-client
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
SERVING := .venv/.serving
READY := .venv/.ready
UNFINISHED := .venv/.unfinished
ARGS ?=
REQUESTS ?= 100000
SUITES ?= 40
EXAMPLES ?= 100
SEEDS ?= 40
CLUSTERS ?= 500
CREATES ?= 5000
PAIRS ?= all
KILL_ROUNDS ?= 100
MUTANTS ?= all
# Python keeps what it has compiled, so that not each of the hundreds of processes does it again.
unexport PYTHONDONTWRITEBYTECODE
WORKERS ?= 4
# For two processors, since some tests wait. A file stays together, for what its tests share.
BY_FILE = --dist loadfile --no-loadscope-reorder --numprocesses
AT_ONCE = $(BY_FILE) $(WORKERS)
BY_TWO = $(BY_FILE) 2
# What a store can make a difference to, and what must hold on any: not contract and client.
# Tests of PostgreSQL itself are not among them: make test runs those, on a server of theirs.
POSTGRES_TESTS := tests/http tests/faults --ignore tests/faults/test_postgresql_faults.py \
  tests/stateful tests/conformance/test_conformance.py -k 'not in_process' \
  $(addprefix tests/server/test_,store.py races.py idempotency.py create.py update.py if_match.py delete.py \
    lists.py paging.py filters.py limits.py processes.py workers.py)
# Through a proxy, of three servers on one database: what depends on which of them a request meets.
REPLICA_TESTS := tests/replicas $(addprefix tests/server/test_,races.py idempotency.py if_match.py paging.py)
# On the lowest versions: store, matching, client and command line. The tests' own tools are the pinned ones.
LOWEST := .venv/lowest
LOWEST_TESTS := tests/contract/test_document.py tests/cli/test_remote_commands.py \
  $(addprefix tests/server/test_,store.py create.py lists.py matching.py shared_rates.py) \
  $(addprefix tests/client/test_,outcomes.py api_layer.py)
TEST_TOOLS := pytest|pytest-randomly|pytest-timeout|pytest-xdist|hypothesis|schemathesis|trustme

.DEFAULT_GOAL := help
.PHONY: help setup run test test-install test-browser test-lowest test-postgres test-replicas campaigns mutants check client facts trace review workflow diff verdicts conformance bench lists previews soak docs dist lock clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

setup: $(READY) ## Make .venv with everything pinned in requirements.lock

# Each stamp is written last. What was interrupted begins anew: pip takes a distribution for installed once
# its description is written, though other files of it may be missing.
# The client, ours too, comes from here: no index is asked for it, here or in the lock files.
$(SERVING): requirements-serve.lock pyproject.toml client/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing what the server needs into .venv (150 MB, once): half a minute to two minutes."
	@if [ -e $(UNFINISHED) ]; then rm -rf .venv; fi
	@mkdir -p .venv
	@touch $(UNFINISHED)
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements-serve.lock
	@$(PIP) --no-deps --no-build-isolation -e . -e client
	@rm $(UNFINISHED)
	@touch $@

$(READY): $(SERVING) requirements.lock tests/conformance/pyproject.toml
	@echo "Installing what tests and tools need into .venv (180 MB more, once): half a minute to two minutes."
	@rm $(SERVING)
	@touch $(UNFINISHED)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e tests/conformance
	@rm $(UNFINISHED)
	@touch $(SERVING) $@

run: $(SERVING) ## Serve the API with demo data on port 8080, and print a request to paste
	$(BIN)/execution-hooks serve --demo $(ARGS)

test: setup ## Run the tests, several at once (ARGS="-k name" narrows, WORKERS=0 runs one after the other)
	$(BIN)/pytest $(AT_ONCE) -m 'not installs and not browser and not campaign and not replicas' $(ARGS)

test-install: setup ## Run the tests that install from a package index: of wheels, make run and TypeScript
	$(BIN)/pytest $(AT_ONCE) -m installs tests/packaging tests/documentation/test_make_commands.py \
	  tests/client/test_consumers.py tests/comparison/test_released.py \
	  $(addprefix tests/conformance/test_,prism.py beside.py) \
	  tests/review $(ARGS)

test-browser: setup ## Run the tests of the pages in a headless Chromium, which must be installed
	$(BIN)/pytest $(BY_TWO) -m browser tests/browser $(ARGS)

test-lowest: setup ## Run tests of server and client on the lowest versions that pyproject.toml allows
	@sed -nE 's/^(($(TEST_TOOLS))==[^ ]+).*/\1/p' requirements.lock >.venv/tools.txt
	@$(BIN)/uv pip compile --quiet --resolution lowest-direct --python-version 3.11 \
	  --no-emit-package execution-hooks-client --extra postgres --extra redis --group dev pyproject.toml .venv/tools.txt \
	  --output-file .venv/lowest.txt
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LOWEST)
	@$(BIN)/uv pip install --quiet --python $(LOWEST) --requirements .venv/lowest.txt
	@$(BIN)/uv pip compile --quiet --resolution lowest-direct --python-version 3.11 client/pyproject.toml \
	  --output-file .venv/lowest-client.txt
	@$(BIN)/uv pip install --quiet --python $(LOWEST) --requirements .venv/lowest-client.txt
	@$(BIN)/uv pip install --quiet --python $(LOWEST) --no-deps --no-build-isolation -e . -e client -e tests/conformance
	$(LOWEST)/bin/python -m pytest $(AT_ONCE) -W ignore::DeprecationWarning $(LOWEST_TESTS) $(ARGS)

test-postgres: setup ## Run the tests of the store, and of what depends on it, on a PostgreSQL server of their own
	KILL_ROUNDS=5 $(BIN)/pytest --store postgresql $(AT_ONCE) $(POSTGRES_TESTS) $(ARGS)

test-replicas: setup ## Run tests on three servers behind HAProxy (Debian: haproxy, postgresql, redis-server must be installed)
	$(BIN)/pytest --store postgresql --replicas $(BY_TWO) $(REPLICA_TESTS) $(ARGS)

# Two at once, since the conformance suite makes as many runs at once as there are processors.
campaigns: setup ## Run conformance, stateful tests and creates at full length (SUITES=13 EXAMPLES=25 SEEDS=4 CLUSTERS=100 CREATES=500 shorten)
	SUITES=$(SUITES) EXAMPLES=$(EXAMPLES) COVERAGE=all SEEDS=$(SEEDS) CREATES=$(CREATES) CLUSTERS=$(CLUSTERS) \
	  $(BIN)/pytest $(BY_TWO) tests/conformance/test_conformance.py tests/stateful tests/client/test_exactly_once.py \
	  tests/kubernetes/test_random_clusters.py tests/kubernetes/test_exchange.py $(ARGS)
	$(BIN)/pytest $(BY_TWO) -m campaign tests/conformance/test_judging_our_server.py tests/conformance/test_features.py $(ARGS)

mutants: setup ## Judge the conformance suite by mutants of our server (MUTANTS=60 judges a pinned sample, ARGS="--only name" some, ARGS="--beside schemathesis,prism" other tools, too)
	PYTHONPATH=tests:openapi $(BIN)/python -m conformance.mutation --mutants $(MUTANTS) $(ARGS)
	CREATE_ONLY=all $(BIN)/pytest tests/conformance/test_create_only.py

# The tests, too, import only what is declared, though it may be for development alone (DEP004).
check: setup ## Lint, check formatting, types, and that imports are declared
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/deptry server
	$(BIN)/deptry server tests openapi --ignore DEP004
	$(BIN)/deptry tests/conformance/src --config tests/conformance/pyproject.toml

client: setup ## Generate client/ anew from the contract
	$(BIN)/python openapi/generator/generate.py

facts: setup ## Extract the facts of the documented page from its text (EXECUTION_HOOKS_PAGE=file)
	PYTHONPATH=openapi $(BIN)/python -m page.extract "$${EXECUTION_HOOKS_PAGE:?must name the text of the page}"

trace: setup ## Check the trace from the documented page to the contract: openapi/page.trace.yaml
	PYTHONPATH=openapi $(BIN)/python -m page.tracing

review: setup ## Review the contract: openapi-spec-validator, Redocly, Spectral with OWASP's rules and ours (on Node)
	$(BIN)/python openapi/review/review.py

workflow: setup ## Run the life of a hook, as openapi/arazzo.yaml has it, against a server (on Node)
	$(BIN)/python openapi/review/workflow.py

diff: setup ## Compare the contract with the last release, or another (BASE=version or file; ARGS="--format markdown")
	@PYTHONPATH=openapi $(BIN)/python -m diff $(BASE) $(ARGS)

verdicts: setup ## Judge a change of each keyword of the contract, widened and narrowed, by the comparison of contracts
	PAIRS=$(PAIRS) $(BIN)/pytest --timeout 600 \
	  $(addprefix tests/comparison/test_,pairs.py sample_edits.py new_keywords.py sending.py) $(ARGS)

conformance: export CONFORMANCE_TOKEN = $(TOKEN)
conformance: export CONFORMANCE_ACCOUNT_ID = $(ACCOUNT)
conformance: export CONFORMANCE_APP_ID = $(APP)
conformance: export CONFORMANCE_LIMITED_APP_ID = $(LIMITED_APP)
conformance: setup ## Judge the server at a URL by the contract: URL=... TOKEN=... ACCOUNT=... APP=... (see README.md)
	@$(BIN)/execution-hooks-conformance '$(URL)' --level full --require all $(ARGS)

bench: setup ## Measure durable creates, and what else is asked for, beside a FastAPI peer (ARGS="--seconds 5" shortens)
	$(BIN)/python tests/benchmarks/run.py $(ARGS)

lists: setup ## Measure lists of 1,000 and 1,000,000 hooks, and matches (ARGS="--hooks 20000" shortens)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.lists $(ARGS)

previews: setup ## Measure previews of 10,000 hooks on 100,000 containers (ARGS="--applications 50" shortens)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.previews $(ARGS)

soak: setup ## Kill, and send 100,000 requests, watching memory (REQUESTS=1000 KILL_ROUNDS=20 shorten)
	KILL_ROUNDS=$(KILL_ROUNDS) $(BIN)/pytest tests/faults/test_crash.py
	$(BIN)/python tests/soak/run.py --requests $(REQUESTS)

docs: $(SERVING) ## Write the reference as one HTML file, dist/reference.html, that needs no server and no network
	@$(BIN)/python -m execution_hooks.http.pages.one_file dist/reference.html

dist: setup ## Build the wheels of server, client and conformance suite into dist/
	@set -e; for folder in . client tests/conformance; do $(BIN)/python -m build --no-isolation --outdir dist $$folder >/dev/null; done
	@ls dist

lock: setup ## Pin the newest allowed versions in both lock files
	$(COMPILE) --upgrade --extra postgres --extra redis --group dev pyproject.toml --output-file requirements.lock
	$(COMPILE) --group install --constraint requirements.lock pyproject.toml \
	  --output-file requirements-serve.lock

clean: ## Remove what the other targets made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist openapi/review/node_modules \
	  tests/conformance/mutation/beside/node_modules
	find client openapi server tests -name __pycache__ -prune -exec rm -rf {} +
