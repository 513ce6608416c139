# Telltale: `make demo` shows it, `make test` proves it, `make slow` proves it at length.
PYTHON ?= python3.11
BIN := .venv/bin
OUT ?= out/demo
PYTEST_ARGS ?=

.PHONY: demo test check slow site catalogue lock clean

demo: .venv/ready
	$(BIN)/telltale demo --out $(OUT)

test check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile $(PYTEST_ARGS)

slow: .venv/ready
	$(BIN)/python -m pytest -m slow $(PYTEST_ARGS)

# A new site's parser and fixtures, to be filled in: make site NAME=my-site (docs/adding-a-site.md).
site: .venv/ready
	$(BIN)/python -m spiders.scaffold "$(NAME)"

# The report's messages, as code, templates and TOML files hold them, for translators (docs/engagement.md).
catalogue: .venv/ready
	$(BIN)/python -m audits.catalogue.extracted

# The environment: every package by the hash in the lock file, then this checkout itself without looking anything up,
# and the empty history of runs that every new workspace begins with.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m flows.blank
	touch $@

# Needs `pip install uv`; run after changing the dependencies in pyproject.toml.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock

clean:
	rm -rf .venv out build *.egg-info
