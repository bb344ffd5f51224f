# Two commands: `make run` starts everything on a bare Debian machine, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup system run unit test test-setup test-system check bench lock words clean

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
PYTEST := $(PY) -m pytest

# WeasyPrint's libraries, and the one packaged font metric-compatible with Times New Roman that has all Vietnamese letters
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-liberation2 python3-venv
TEST_PACKAGES := chromium libatomic1 poppler-utils qpdf postgresql postgresql-common libreoffice-writer-nogui gettext procps git \
  softhsm2 opensc libnss3-tools openssl

# The typed part: files that import no Django
PURE := $(wildcard reports/document campaigns/citation*.py campaigns/kinds.py campaigns/facts.py campaigns/calendar.py reports/checks reports/importing reports/lifecycle.py)

# $(call install,packages): one line and a stop when packages are missing and cannot be installed
define install
@missing=""; for name in $(1); do \
  [ "$$(dpkg-query -W -f='$${db:Status-Status}' $$name 2>/dev/null)" = installed ] || missing="$$missing $$name"; done; \
[ -z "$$missing" ] && exit 0; \
if [ "$$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then as=sudo; \
else echo "Thiếu gói hệ thống:$$missing (chạy: sudo apt-get install$$missing)" >&2; exit 1; fi; \
echo "Cài gói hệ thống:$$missing"; \
$$as apt-get update -qq; \
$$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

# $(call packages,lock): the hashed packages of a lock, by uv, or by pip where uv cannot run
packages = $(UV) pip install -q --system-certs --python $(PY) --require-hashes -r $(1) || $(PY) -m pip install -q --require-hashes -r $(1)

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: setup ## set up if needed, then web server and worker on http://127.0.0.1:8000 (PORT=… for another port)
	@exec $(PY) manage.py serve

setup: system $(VENV)/.installed .env ## system libraries, .venv, packages, .env, database, static files, demonstration
	@$(PY) manage.py prepare

system:
	$(call install,$(RUN_PACKAGES))

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cần Python 3.11 trở lên, đang có " + sys.version.split()[0])'
	@echo "Tạo $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# uv installs everything else, so pip installs only uv, with the hashes the lock has for it
$(UV): | $(PY)
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
	@lock=$$(mktemp); sed -n '/^uv==/,/# via/p' requirements.txt > $$lock; \
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r $$lock; rm $$lock

$(VENV)/.installed: requirements.txt | $(PY) $(UV)
	@echo "Cài các gói Python"
	@$(call packages,requirements.txt)
	@touch $@

$(VENV)/.installed-tests: tests/requirements.txt $(VENV)/.installed
	@echo "Cài các gói Python để kiểm thử"
	@$(call packages,tests/requirements.txt)
	@touch $@

# Written once; the real environment wins over it
.env:
	@umask 077; printf 'SECRET_KEY=%s\nDEMO=%s\nHTTPS=0\n' "$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))')" "$${DEMO:-1}" > $@

test-system:
	$(call install,$(RUN_PACKAGES) $(TEST_PACKAGES))

test-setup: test-system $(VENV)/.installed $(VENV)/.installed-tests

unit: system $(VENV)/.installed-tests ## the quick tests (no pages, browser, outside programs, generated trees), under 30 s
	@$(PYTEST) -q -n 2 --nomigrations -m "not pages and not browser and not tools and not hypothesis"

# A file database with WAL, then a real PostgreSQL server started and stopped around the run
test: test-setup ## every test on SQLite; on PostgreSQL those that open the database (of the browser's, the main path)
	@echo "== SQLite"
	@$(PYTEST) -q -n 2
	@echo "== PostgreSQL"
	@pg_virtualenv -i "--locale=C.UTF-8 -E UTF8" -o fsync=off sh -c \
	  'TEST_DATABASE_URL=postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/postgres $(PYTEST) -q -n 2 -m "not pure and (not browser or main_path)"'

check: test-setup ## format, lint, types, deployment settings, migrations, templates
	@$(VENV)/bin/ruff format --check -q . || { $(VENV)/bin/ruff format --diff -q . | head -40; exit 1; }
	@$(VENV)/bin/ruff check -q .
	@$(VENV)/bin/mypy $(PURE)
	@ENV_FILE=/dev/null DEMO=0 DEBUG=0 HTTPS=1 ALLOWED_HOSTS=bao-cao.example DATA_DIR=$$(mktemp -d) \
	  SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))') \
	  $(PY) manage.py check --deploy --fail-level INFO
	@$(PY) -W ignore manage.py makemigrations --check --dry-run --settings tests.settings
	@find templates -name '*.html' -print0 | xargs -0 -r $(VENV)/bin/djhtml --check --tabwidth 2
	@$(PYTEST) -q tests/test_text_files.py

bench: test-setup ## speed and memory as ratios, medians of at least 9 rounds
	@PACKAGES=500 $(PYTEST) -q tests/tools/test_sending_exactly_once.py
	@for file in tests/bench/bench_*.py; do echo "== $$file"; PYTHONPATH=. $(PY) $$file; done

lock: $(UV) ## requirements.txt and tests/requirements.txt from pyproject.toml
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.txt
	@$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --group test -c requirements.txt -o tests/requirements.txt

words: ## compile the Vietnamese words for sign-in pages (config/locale)
	@cd config && $(CURDIR)/$(PY) $(CURDIR)/manage.py compilemessages --locale vi

clean: ## caches of the tools; data in var/ stays
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
