#!/bin/sh
# Makes the virtual environment that everything runs in. Usage: set_up.sh FOLDER SIZE
# "running" installs requirements.txt; "developing" adds what stands in requirements-dev.txt alone.
# What is there already, was made here from the same requirements and is large enough is left as it
# is; what is too small only grows.
set -eu
. "$(dirname "$0")/own_folder.sh"
venv=$(plain "$1")
size=$2
ours "$venv" || exit 1
python=$venv/bin/python
line='
'

# What a finished environment was made from and where: one that was moved cannot be used.
running() {
    printf '%s\n' "$(cd "$venv" && pwd -P)"
    cat requirements.txt "$0" | cksum
}
developing() {
    running
    cksum <requirements-dev.txt
}

packages() {
    ls "$venv"/lib/python3*/site-packages
}

# Wheels only: a package that brings none would run its author's setup.py here.
install() {
    "$python" -m pip install --quiet --quiet --disable-pip-version-check \
        --only-binary :all: --require-hashes -r "$1" && return
    echo "pip could not install what $1 names; what it said stands above." >&2
    echo "Put that right, then give the command again." >&2
    return 1
}

# Add to a finished environment what only developing needs.
grow() {
    echo "Adding what tests and checks need …" >&2
    before=$(packages)
    { running && echo growing; } >"$venv/.set-up"
    if install requirements-dev.txt; then
        developing >"$venv/.set-up"
        return
    fi
    # pip fetches everything before it writes: mostly what was there is still all that is there.
    if [ "$(packages)" = "$before" ]; then running >"$venv/.set-up"; fi
    return 1
}

made=
if [ -f "$venv/.set-up" ]; then made=$(cat "$venv/.set-up"); fi
if "$python" -c '' >/dev/null 2>&1; then
    case $size:$made in
    "running:$(running)" | "running:$(running)$line"* | "developing:$(developing)") exit 0 ;;
    "developing:$(running)") grow && exit 0 || exit 1 ;;
    esac
fi
# A developer's environment stays one, whichever command has to make it anew.
case $made in *"$line"*"$line"*) size=developing ;; esac

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

echo "Setting Greenroom up with $("$python" --version) …" >&2
install requirements.txt || exit 1
running >"$venv/.set-up"
# Whoever only wants to run it can do so without the rest.
if [ "$size" = developing ]; then grow || [ "$2" = running ]; fi
