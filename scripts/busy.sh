#!/bin/sh
# Runs a command while some programs keep the cores busy. Usage: busy.sh NUMBER COMMAND…
set -eu
number=$1
shift

busy=
trap 'kill $busy 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
while [ "$number" -gt 0 ]; do
    sh -c 'while :; do :; done' &
    busy="$busy $!"
    number=$((number - 1))
done
"$@"
