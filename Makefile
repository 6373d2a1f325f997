# What each target does stands in scripts/; paths are relative, so that the folder's own path may
# contain spaces.

PROFILE ?= smoke
PREFIX ?= $(HOME)/.local

.PHONY: help quickstart test build install dist dist-test reproduce-tables smoke-all torture slurm-test browser-test fuzz clean

help:
	@scripts/help.sh

quickstart:
	@FRESH="$(FRESH)" scripts/quickstart.sh

test:
	@scripts/test.sh

build:
	@scripts/install-dependencies.sh
	@scripts/build.sh

install:
	@scripts/install.sh "$(PREFIX)"

dist:
	@scripts/dist.sh

dist-test:
	@scripts/dist-test.sh

reproduce-tables: build
	@scripts/reproduce-tables.sh "$(PROFILE)"

smoke-all: build
	@scripts/reproduce-tables.sh smoke

torture: build
	@scripts/torture.sh $(KILLS)

slurm-test: build
	@scripts/slurm-test.sh

browser-test: build
	@scripts/browser-test.sh

fuzz:
	@scripts/fuzz.sh $(SECONDS)

clean:
	@rm -rf .build .build-fuzz .build-test .build-debug .build-static .build-static-runtimes dist
