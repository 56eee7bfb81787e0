#!/bin/sh
# Measures the start of a packaged window, with and without its AOT cache in turns: milliseconds from the start of the program
# until it can be used, on JavaFX's headless toolkit. Figures: docs/benchmarks.md, "Installers".
#   start.sh IMAGE [TURNS]
set -eu
image=$1
turns=${2:-5}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
log=$data/logs/host.log
# As after the first run, which is behind most starts.
echo '{"orchestrator": "ws://127.0.0.1:9"}' >"$data/settings.json"

starts() { cat "$log" 2>/dev/null | grep -c 'can be used' || true; }

start() { # $1 an option for Java; prints milliseconds
    before=$(starts)
    JAVA_TOOL_OPTIONS="-Dglass.platform=Headless -Dprism.order=sw $1" "$image/bin/PeerLLM" --data "$data" >"$data/output.txt" 2>&1 &
    window=$!
    tries=0
    while [ "$(starts)" = "$before" ]; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { cat "$data/output.txt" >&2; kill "$window"; exit 1; }
        sleep 0.1
    done
    kill "$window"
    wait "$window" 2>/dev/null || true
    grep -o 'can be used [0-9]*' "$log" | tail -n 1 | grep -o '[0-9]*$'
}

start -Xlog:disable >/dev/null # makes the data folder and fills the disk's cache
for _ in $(seq "$turns"); do
    start -Xlog:disable >>"$data/with"
    start -XX:AOTMode=off >>"$data/without"
done
for way in with without; do
    sort -n "$data/$way" | awk -v way="$way" '{ t[NR] = $1 } END { printf "%s the cache: median %d ms (%d to %d) of %d\n", way, t[int((NR + 1) / 2)], t[1], t[NR], NR }'
done
