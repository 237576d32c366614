#!/bin/sh
# Removes the virtual environment and the caches. Usage: clean.sh FOLDER
set -eu
. "$(dirname "$0")/own_folder.sh"
venv=$(plain "$1")

rm -rf .mypy_cache .ruff_cache .import_linter_cache
if [ -L "$venv" ]; then
    echo "$venv is a link to $(readlink "$venv"): the link goes, what is behind it stays." >&2
    rm "$venv"
else
    ours "$venv" && rm -rf "$venv"
fi
