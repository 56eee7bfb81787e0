#!/bin/sh
# Renders peerllm.svg to the PNG sizes that windows, installers and stores ask for.
set -eu
cd "$(dirname -- "$0")"
for size in 16 24 32 48 64 128 256 512; do
    rsvg-convert --width "$size" --height "$size" peerllm.svg --output "peerllm-$size.png"
done
./bundle.py # into .ico and .icns
