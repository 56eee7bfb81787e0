#!/bin/sh
# Ends the programs that run from an installation, before its files are replaced or removed: they would read code that is gone.
# Hosts are asked first (SIGTERM: they hand back their jobs within two seconds), and only those from this folder.
#   end-running.sh FOLDER
set -eu
folder=$(readlink -f "$1")

running() { # prints the process ids
    for process in /proc/[0-9]*; do
        program=$(readlink "$process/exe" 2>/dev/null) || continue
        case $program in
            "$folder"/*) printf '%s\n' "${process#/proc/}" ;;
        esac
    done
}

[ -n "$(running)" ] || exit 0
echo "PeerLLM is running; it is asked to end."
kill $(running) 2>/dev/null || true
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    [ -n "$(running)" ] || exit 0
    sleep 1
done
kill -9 $(running) 2>/dev/null || true
