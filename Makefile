# What each target does stands in scripts/; paths are relative, so that the folder's own path may
# contain spaces. `make help` prints the lines that begin with two number signs.

PROFILE ?= smoke
PREFIX ?= $(HOME)/.local

.PHONY: help quickstart test build install dist dist-test docs reproduce-tables smoke-all torture attack slurm-test browser-test fuzz clean

help:
	@awk '/^## / { text[++n] = substr($$0, 4); next } \
	  /^[a-z-]+:/ && n { name = substr($$1, 1, length($$1) - 1); \
	    for (i = 1; i <= n; i++) printf "%-22s %s\n", i == 1 ? "make " name : "", text[i] } \
	  { n = 0 }' Makefile

## install what is missing, build, train a small table of a real paper on real
## digits and print it (about two minutes after the build); typed again, it
## prints the finished table; FRESH=1 trains again
quickstart:
	@FRESH="$(FRESH)" scripts/quickstart.sh

## everything that is checked: format, unit and command tests, all configs
test:
	@scripts/test.sh

## a release build, .build/release/regbench
build:
	@scripts/install-dependencies.sh
	@scripts/build.sh

## a program that needs no library but the C library, its manual pages and shell
## completions, below PREFIX (PREFIX=~/.local)
install:
	@scripts/install.sh "$(PREFIX)"

## the same as an archive to take along, with studies and licences, in dist/
dist:
	@scripts/dist.sh

## that archive tried in a minimal Debian; same tables as the ordinary build
dist-test:
	@scripts/dist-test.sh

## write the generated parts of the documentation anew
docs:
	@swift build --product regbench
	@swift build --product GenerateDocs
	@.build/debug/GenerateDocs

## run every study in configs/ that has the profile PROFILE=smoke|desk|paper, with
## tables, figures and the index of all results; stopped, it carries on
reproduce-tables: build
	@scripts/reproduce-tables.sh "$(PROFILE)"

## the same with PROFILE=smoke
smoke-all: build
	@scripts/reproduce-tables.sh smoke

## a small study with KILLS=500 random kill -9, each carried on; same bytes in the end
torture: build
	@scripts/torture.sh $(KILLS)

## the same with storage errors, damaged files, limits, containers in one folder, and full disks
attack: build
	@scripts/attack.sh

## the same study as an array of jobs on a Slurm that is started for it
slurm-test: build
	@scripts/slurm-test.sh

## reports opened in chromium: no message, no sideways scrolling, contrast, headers
## (SCREENSHOTS=DIR keeps pictures)
browser-test: build
	@scripts/browser-test.sh

## let libFuzzer look for files that break a reader (SECONDS=60)
fuzz:
	@scripts/fuzz.sh $(SECONDS)

## remove the build folders; results stay
clean:
	@rm -rf .build .build-fuzz .build-test .build-debug .build-static .build-static-runtimes dist
