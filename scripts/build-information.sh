# Sourced by the scripts that build: exports REGBENCH_BUILD, the commit of this work tree and whether
# anything differs from it. Package.swift hands it to the binary.
if commit="$(git rev-parse --short=12 HEAD 2>/dev/null)"; then
  if [ -n "$(git status --porcelain 2>/dev/null)" ]; then commit="$commit-dirty"; fi
  export REGBENCH_BUILD="$commit"
fi
