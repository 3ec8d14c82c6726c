# make demo | test | check | bench | lock | clean. Every target installs what it needs first.
PYTHON_BIN := .venv/bin/python
ROOMS := climate_portal web organisation emissions strategy budget reporting publishing klimalaget leadership

.PHONY: help install demo test check bench lock clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo     start portalen med eksempeldata (PORT=8000, PORTAL_DATA_DIR=.local)'
	@echo 'make test     alle tester, også de i nettleser'
	@echo 'make check    lint, typer, importregler, maler og migreringer'
	@echo 'make bench    målingene'
	@echo 'make install  bare det som trengs for de andre'
	@echo 'make lock     lås avhengighetene på nytt fra pyproject.toml'
	@echo 'make clean    fjern .venv og mellomlagre, ikke .local med databasen'

install:
	@scripts/install.sh

demo: install
	@exec $(PYTHON_BIN) -m climate_portal.demo

test: install
	@scripts/install_chromium.sh
	@$(PYTHON_BIN) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: install
	@$(PYTHON_BIN) -m ruff check --quiet .
	@$(PYTHON_BIN) -m ruff format --quiet --check .
	@$(PYTHON_BIN) -m mypy --no-error-summary $(ROOMS) manage.py scripts
	@$(PYTHON_BIN) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo
	@$(PYTHON_BIN) -m djlint --quiet --lint templates
	@$(PYTHON_BIN) scripts/unused_templates.py
	@$(PYTHON_BIN) scripts/template_lines.py
	@env -u DATABASE_URL $(PYTHON_BIN) manage.py check --fail-level WARNING
	@env -u DATABASE_URL $(PYTHON_BIN) manage.py makemigrations --check --dry-run
	@echo 'Alt i orden.'

bench: install
	@$(PYTHON_BIN) -m benchmarks $(ARGS)

lock: install
	@scripts/lock.sh $(ARGS)

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
