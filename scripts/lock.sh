#!/bin/sh
# Compiles pyproject.toml to requirements files with hashes, for every Python and system that
# Greenroom supports. Wheels only, and no address of a package index is written into them.
# What compiles is itself pinned, by the files as they were; it lives in a folder that goes again.
set -eu
python=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT INT TERM
"$python" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --only-binary :all: --require-hashes -r requirements-tools.txt
compile() {
    "$place/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --only-binary :all: --emit-build-options --no-emit-index-url --no-header "$@"
}
compile pyproject.toml --output-file requirements.txt
compile pyproject.toml --group dev --output-file requirements-dev.txt
compile --group pyproject.toml:tools --constraint requirements-dev.txt --output-file requirements-tools.txt
