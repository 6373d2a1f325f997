# To be sourced: sets PYTHON to an interpreter that has PyTorch, installing it into a throw-away
# environment if it is not set.
if [ -z "${PYTHON:-}" ]; then
  environment=$(mktemp -d)
  trap 'rm -rf "$environment"' EXIT
  echo "installing PyTorch into $environment" >&2
  python3 -m venv "$environment"
  PYTHON=$environment/bin/python
  # The build for CPUs alone where an index has it; the usual one runs on CPUs too, but is larger.
  "$PYTHON" -m pip install --quiet numpy torch==2.13.0+cpu 2>/dev/null ||
    "$PYTHON" -m pip install --quiet numpy torch==2.13.0
fi
