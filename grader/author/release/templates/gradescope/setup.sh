#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the machine that grades.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
# A further package index for torch; empty for what pip is configured with.
TORCH_INDEX=${TORCH_INDEX:-%TORCH_INDEX%}

chosen=
for python in python3.14 python3.13 python3.12 python3.11; do
  if "$python" -c 'import ensurepip' 2>/dev/null; then
    chosen=$python
    break
  fi
done
if [[ -z $chosen ]]; then
  # Ubuntu 22.04, which Gradescope offers first, has it beside its own older Python.
  chosen=python3.11
  apt-get update
  apt-get install --yes --no-install-recommends "$chosen" "$chosen-venv"
fi

"$chosen" -m venv "$root/venv"
"$root/venv/bin/pip" install --no-cache-dir \
  ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
  -c "$root/source/constraints.txt" "$root"/source/handrolled-*.whl
chmod -R go= "$root/source" # for nobody but the grader
"$root/venv/bin/grade" doctor # into the log of the build
