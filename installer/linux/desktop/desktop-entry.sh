#!/bin/sh
# Puts PeerLLM into the menu, with its icons and the file type .gguf, or takes it out again. The packages call it for the whole
# computer, install.sh for one person.
#   desktop-entry.sh install|remove SHARE LAUNCHER    SHARE: /usr/share or ~/.local/share; LAUNCHER: full path of PeerLLM
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
share=$2
files="applications/peerllm.desktop mime/packages/peerllm.xml"
icons=$(cd "$here" && find icons -type f)

refresh() { # what is not installed has no cache to bring up to date
    if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$share/applications" || true; fi
    if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$share/mime" >/dev/null 2>&1 || true; fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1 && [ -f "$share/icons/hicolor/index.theme" ]; then
        gtk-update-icon-cache -q -t "$share/icons/hicolor" || true
    fi
}

case $1 in
    install)
        for file in $files $icons; do
            mkdir -p "$share/$(dirname "$file")"
            cp "$here/$file" "$share/$file"
            chmod 644 "$share/$file"
        done
        # Quoted as the Desktop Entry Specification asks for; sed takes the path as it is.
        launcher=$(printf '%s' "$3" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g' -e 's/[\\|&]/\\&/g')
        plain=$(printf '%s' "$3" | sed -e 's/[\\|&]/\\&/g')
        sed -e "s|@launcher@|$launcher|" -e "s|@program@|$plain|" "$here/applications/peerllm.desktop" \
            >"$share/applications/peerllm.desktop"
        refresh
        ;;
    remove)
        for file in $files $icons; do rm -f "$share/$file"; done
        refresh
        # Folders that this made in a home where nothing else is; after the caches, which are made anew from the empty ones.
        (cd "$share" && find applications mime icons -depth -type d -empty -delete 2>/dev/null) || true
        ;;
    *)
        echo "desktop-entry.sh: install or remove, not $1" >&2
        exit 2
        ;;
esac
