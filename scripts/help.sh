#!/usr/bin/env bash
# Lists the targets of the Makefile.
set -euo pipefail
cat <<'TEXT'
make quickstart        install what is missing, build, train a small table of a real paper on real
                       digits and print it (about two minutes after the build); typed again, it
                       prints the finished table; FRESH=1 trains again
make test              everything that is checked: format, unit and command tests, all configs
make build             a release build, .build/release/regbench
make install           a program that needs no library but the C library, its manual pages and shell
                       completions, below PREFIX (PREFIX=~/.local)
make dist              the same as an archive to take along, with studies and licences, in dist/
make dist-test         that archive tried in a minimal Debian; same tables as the ordinary build
make reproduce-tables  run every study in configs/ that has the profile PROFILE=smoke|desk|paper, with
                       tables, figures and the index of all results; stopped, it carries on
make smoke-all         the same with PROFILE=smoke
make torture           a small study with KILLS=500 random kill -9, each carried on; same bytes in the end
make slurm-test        the same study as an array of jobs on a Slurm that is started for it
make browser-test      reports opened in chromium: no message, no sideways scrolling, contrast, headers
                       (SCREENSHOTS=DIR keeps pictures)
make fuzz              let libFuzzer look for files that break a reader (SECONDS=60)
make clean             remove the build folders; results stay
TEXT
