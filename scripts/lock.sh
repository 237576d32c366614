#!/bin/sh
# Compiles pyproject.toml to requirements files with hashes, for every Python and system that
# Greenroom supports. No address of a package index is written into them.
set -eu
venv=$1
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.13'
compile() {
    "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header pyproject.toml "$@"
}
compile --output-file requirements.txt
compile --group dev --output-file requirements-dev.txt
