#!/bin/sh
# Compares two app images (or unpacked packages) byte by byte and in rights, links and dates; prints what differs and ends with 1.
#   compare.sh IMAGE IMAGE
set -eu
listing() {
    (cd "$1" && find . -type f -printf '%m %TY-%Tm-%TdT%TH:%TM:%TS %p ' -exec sh -c 'sha256sum <"$1" | cut -c 1-64' - {} \; -o -type l -printf 'link %l %p\n' | sort -k 3)
}
first=$(mktemp)
second=$(mktemp)
trap 'rm -f "$first" "$second"' EXIT
listing "$1" >"$first"
listing "$2" >"$second"
if diff "$first" "$second"; then echo "The same: $(wc -l <"$first") files."; else exit 1; fi
