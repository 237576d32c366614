#!/bin/sh
# Says what `make test` is going to do, how long it takes, and what it leaves out on this machine.
set -eu

echo "Some 4,800 tests: words and rules, real sockets, SQLite and PostgreSQL, kills and faults, and the page in a browser."
echo "They take about 6 minutes on two cores, and up to 20 beside other programs."

browser=
for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if command -v "$name" >/dev/null 2>&1; then browser=$name; fi
done
for place in "/Applications/Google Chrome.app" "/Applications/Chromium.app"; do
    if [ -d "$place" ]; then browser=$place; fi
done
if [ -z "$browser" ]; then
    if [ "${CI:-}" = true ]; then end="the tests of the page fail, as CI=true asks"
    else end="the tests of the page are left out"; fi
    echo "No Chromium or Chrome is installed: Playwright fetches one if it can; otherwise $end."
fi
if [ ! -d ../shared/data ]; then
    echo "Left out: what is measured on rows that are no part of this project (../shared/data is not there)."
fi
