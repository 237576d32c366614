#!/bin/sh
# Makes the virtual environment that everything runs in. Usage: set_up.sh FOLDER
# What is there already and was made here from the same requirements is left as it is.
set -eu
. "$(dirname "$0")/own_folder.sh"
venv=$(plain "$1")
ours "$venv" || exit 1

# What a finished environment was made from and where: one that was moved cannot be used.
state() {
    printf '%s\n' "$(cd "$venv" && pwd -P)"
    cat requirements-dev.txt "$0" | cksum
}
python=$venv/bin/python
if [ -f "$venv/.set-up" ] && "$python" -c '' >/dev/null 2>&1 &&
    [ "$(cat "$venv/.set-up")" = "$(state)" ]; then
    exit 0
fi

# The newest Python that Greenroom supports. A name on the PATH may be a shim without a
# Python behind it, so each is asked.
found=
for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
        >/dev/null 2>&1; then
        found=$name
        break
    fi
done
if [ -z "$found" ]; then
    echo "Greenroom needs Python 3.11 to 3.14, and there is none on the PATH." >&2
    echo "On Debian: apt-get install python3 python3-venv. On macOS: brew install python." >&2
    exit 1
fi

# Debian ships Python without the part of venv that brings pip.
brings_pip() {
    "$found" -c 'import ensurepip, venv' >/dev/null 2>&1
}
if ! brings_pip; then
    echo "This Python has no venv; installing Debian's python3-venv." >&2
    if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
    if ! command -v apt-get >/dev/null 2>&1 ||
        ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq python3-venv; } >&2 ||
        ! brings_pip; then
        echo "Please install venv for $found (Debian: apt-get install python3-venv)." >&2
        exit 1
    fi
fi

rm -f "$venv/.set-up"
if ! said=$("$found" -m venv --clear "$venv" 2>&1); then
    printf '%s\n' "$said" >&2
    echo "$found could not make the folder $venv; what it said stands above." >&2
    echo "Put that right, then give the command again; or name another folder: make VENV=…" >&2
    exit 1
fi

# Wheels only: a package that brings none would run its author's setup.py here.
echo "Setting Greenroom up with $("$python" --version) …" >&2
if ! "$python" -m pip install --quiet --quiet --disable-pip-version-check \
    --only-binary :all: --require-hashes -r requirements-dev.txt; then
    echo "pip could not install what requirements-dev.txt names; what it said stands above." >&2
    echo "Put that right, then give the command again." >&2
    exit 1
fi
state >"$venv/.set-up"
