#!/bin/sh
# Makes the virtual environment that everything runs in. Usage: set_up.sh FOLDER
set -eu
venv=$1

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

make_venv() {
    "$found" -m venv --clear "$venv" >/dev/null 2>&1
}

# Debian ships Python without the part of venv that brings pip.
if ! make_venv; then
    echo "This Python has no venv; installing Debian's python3-venv." >&2
    if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
    if ! command -v apt-get >/dev/null 2>&1 ||
        ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq python3-venv; } >&2 ||
        ! make_venv; then
        echo "Please install venv for $found (Debian: apt-get install python3-venv)." >&2
        exit 1
    fi
fi

echo "Setting Greenroom up with $("$venv/bin/python" --version) …" >&2
"$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check \
    --require-hashes -r requirements-dev.txt
