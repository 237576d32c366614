#!/bin/sh
# Asks the public advisory databases whether a pinned dependency has a known weakness. Needs the
# network, so it is no part of `make check`. pip-audit, pinned too, lives in a folder of its own
# that goes again: what checks the dependencies is none of them.
set -eu
python=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT INT TERM
"$python" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --only-binary :all: --require-hashes -r requirements-tools.txt
for file in requirements.txt requirements-dev.txt requirements-tools.txt; do
    echo "$file:"
    # Strict: a package that could not be looked up is no good news.
    "$place/venv/bin/pip-audit" --strict --requirement "$file" --require-hashes --disable-pip --progress-spinner off
done
