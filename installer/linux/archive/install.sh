#!/bin/sh
# Adds this folder's PeerLLM to the menu of the person who calls this, without root. Move the folder first: the menu names it.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
share=${XDG_DATA_HOME:-$HOME/.local/share}
command=$HOME/.local/bin/peerllm

"$here/current/lib/app/desktop/desktop-entry.sh" install "$share" "$here/bin/PeerLLM"
mkdir -p "$(dirname "$command")"
if [ -L "$command" ] || [ ! -e "$command" ]; then
    ln -sfn "$here/bin/peerllm" "$command"
    echo "PeerLLM is in your menu, and $command is its command line."
else
    echo "PeerLLM is in your menu. $command is another program's and stays; the command line is $here/bin/peerllm."
fi
