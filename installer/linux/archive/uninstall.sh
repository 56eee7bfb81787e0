#!/bin/sh
# Removes this folder's PeerLLM and its menu entry. Models, keys and earnings stay unless a person says otherwise when asked.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
share=${XDG_DATA_HOME:-$HOME/.local/share}
command=$HOME/.local/bin/peerllm
[ -d "$here/versions" ] && [ -L "$here/current" ] || { echo "uninstall.sh: $here is not an installation of PeerLLM." >&2; exit 1; }

"$here/current/lib/app/desktop/end-running.sh" "$here"
# Asks, and tells the sizes; without a terminal nobody can answer, and nothing is removed.
[ ! -t 0 ] || "$here/bin/peerllm" remove-data || echo "Your data were not removed."
"$here/current/lib/app/desktop/desktop-entry.sh" remove "$share" "$here/bin/PeerLLM"
[ "$(readlink "$command" 2>/dev/null)" != "$here/bin/peerllm" ] || rm -f "$command"
rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/peerllm.desktop"
rm -rf "$here/versions" "$here/current" "$here/bin" "$here/install.sh" "$here/uninstall.sh"
rmdir "$here" 2>/dev/null || echo "$here holds other files and stays."
data=$share/peerllm
[ ! -d "$data" ] || echo "Your models and data stay in $data. Remove that folder if you want none of them."
