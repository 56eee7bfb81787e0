#!/bin/sh
# Tries the Linux packages where nothing of PeerLLM was before: installs, starts, opens a file by its type, serves a prompt,
# upgrades, uninstalls, and looks at what is left. Run by `./peerllm package --check`, as root, on Debian or Ubuntu with
# debootstrap; about five minutes, the first time more. Everything happens below installer/target/check.
#   check.sh HOME OLD NEW    the repository; the versions in installer/target/check/packages
set -eu

home=$1
old=$2
new=$3
work=$home/installer/target/check
root=$work/root
packages=$work/packages
architecture=$(dpkg --print-architecture)
window_options="-Dglass.platform=Headless -Dprism.order=sw"
model=$home/desktop-app/src/main/resources/models/sprout-1.4m-q8_0.gguf
orchestrator=
data=.local/share/peerllm

say() { printf '%s\n' "- $*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
as_ann() { chroot "$root" su ann -s /bin/sh -c "cd; export XDG_RUNTIME_DIR=/tmp; $1"; }

clean_up() {
    # Only what runs inside the folder: its root is there.
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" != "$root" ] || kill -9 "${process#/proc/}" 2>/dev/null || true
    done
    [ -z "$orchestrator" ] || kill "$orchestrator" 2>/dev/null || true
    for place in dev/pts dev proc; do umount "$root/$place" 2>/dev/null || true; done
}
trap clean_up EXIT
trap 'exit 1' INT TERM

await() { # $1 seconds, $2 what it waits for, then a command
    seconds=$1
    what=$2
    shift 2
    i=0
    until "$@" >/dev/null 2>&1; do
        i=$((i + 1))
        [ "$i" -lt $((seconds * 4)) ] || fail "$what did not happen within $seconds s"
        sleep 0.25
    done
}

in_log() { grep -q "$1" "$root/home/ann/$data/logs/host.log"; }
runs() { # a program of the installation, by its own path as its root sees it
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" = "$root" ] || continue
        case $(readlink "$process/exe" 2>/dev/null) in "$root$1"* | "$1"*) return 0 ;; esac
    done
    return 1
}
runs_not() { ! runs "$1"; }
files_of_root() { # what a package could leave; dpkg's own records and caches change with every package
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./home -o -path ./tmp -o -path ./var/lib/dpkg \
        -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt \) -prune -o -print | sort)
}

# --- a clean computer ------------------------------------------------------------------------------------------------

[ "$(id -u)" = 0 ] || fail "run it as root: it makes a root of its own for the packages"
command -v debootstrap >/dev/null || fail "debootstrap is not installed: apt-get install debootstrap"
if [ ! -f "$work/base/.complete" ]; then
    say "A minimal Debian with what a desktop has"
    rm -rf "$work/base"
    debootstrap --variant=minbase bookworm "$work/base" >"$work/debootstrap.log" 2>&1 ||
        fail "no Debian could be made; see $work/debootstrap.log"
    # It reaches mirrors as this computer does.
    apt-config dump | grep '^Acquire::' >"$work/base/etc/apt/apt.conf.d/99-as-this-computer" || true
    cp /etc/resolv.conf "$work/base/etc/resolv.conf"
    chroot "$work/base" sh -c 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libgtk-3-0 libgl1 libpango-1.0-0 libpangoft2-1.0-0 libfreetype6 libfontconfig1 libx11-6 libxext6 libxi6 libxrender1 \
        libxtst6 libxxf86vm1 fonts-dejavu-core shared-mime-info desktop-file-utils libglib2.0-bin procps dbus' \
        >>"$work/debootstrap.log" 2>&1 || fail "no desktop could be put into it; see $work/debootstrap.log"
    touch "$work/base/.complete"
fi
rm -rf "$root"
cp -a "$work/base" "$root"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
chroot "$root" useradd --create-home ann
cp "$packages/peerllm_${old}_$architecture.deb" "$packages/peerllm_${new}_$architecture.deb" "$root/tmp"
# One byte more than the built-in model, so that it is another one.
cat "$model" - >"$root/home/ann/other model.gguf" <<'BYTE'

BYTE
files_of_root >"$work/before.txt"

# --- install, start, open a file -------------------------------------------------------------------------------------

say "apt installs peerllm $old"
chroot "$root" apt-get install -y "/tmp/peerllm_${old}_$architecture.deb" >"$work/apt-install.log" 2>&1 ||
    fail "apt could not install it; see $work/apt-install.log"
[ "$(as_ann 'peerllm --version')" = "peerllm $old" ] || fail "peerllm --version does not say $old"
chroot "$root" desktop-file-validate /usr/share/applications/peerllm.desktop || fail "the menu entry is not valid"
type=$(as_ann "gio info -a standard::content-type 'other model.gguf'" | sed -n 's/.*content-type: //p')
[ "$type" = application/x-gguf ] || fail "a .gguf has the type $type"
as_ann "gio mime application/x-gguf" | grep -q 'Default.*peerllm.desktop' || fail "PeerLLM does not open .gguf by default"

say "The window starts"
as_ann "JAVA_TOOL_OPTIONS='$window_options' /opt/peerllm/bin/PeerLLM >window.txt 2>&1 &"
await 30 "the window" in_log "The window can be used"
grep -o 'can be used [0-9]* ms' "$root/home/ann/$data/logs/host.log"
! grep -q '\[aot\]\|\[cds\]' "$root/home/ann/window.txt" || fail "the AOT cache is not used: $(cat "$root/home/ann/window.txt")"

say "A .gguf is opened by its type, and the running window asks about it"
as_ann "JAVA_TOOL_OPTIONS='$window_options' gio launch /usr/share/applications/peerllm.desktop 'other model.gguf' >open.txt 2>&1"
await 20 "the question about the opened file" in_log "asked how 1 model files"
[ ! -e "$root/home/ann/.openjfx" ] || fail "JavaFX unpacked its libraries into ~/.openjfx"
[ ! -e "$root/home/ann/.cache/JNA" ] || fail "JNA unpacked its library into ~/.cache/JNA"

say "The window ends when it is asked to"
chroot "$root" pkill -TERM -u ann PeerLLM || fail "there is no process PeerLLM"
await 15 "the end of the window" runs_not /opt/peerllm

# --- serve, upgrade --------------------------------------------------------------------------------------------------

say "A host serves a prompt of a real orchestrator"
(cd "$work" && rm -rf network && mkdir network)
"$home/peerllm" orchestrator --data "$work/network" --port 0 >"$work/orchestrator.txt" 2>"$work/orchestrator.log" &
orchestrator=$!
await 120 "the orchestrator" grep -q 'Listening on' "$work/orchestrator.txt"
url=$(grep -o 'http://[0-9.]*:[0-9]*' "$work/orchestrator.txt")
"$home/peerllm" orchestrator account create ann --credits 5.00 --data "$work/network" >/dev/null
key=$("$home/peerllm" orchestrator key create ann --data "$work/network" | grep -o 'pllm_[A-Za-z0-9_-]*' | head -n 1)
[ -n "$key" ] || fail "the orchestrator gave no key"
as_ann "peerllm host models import 'other model.gguf'" >/dev/null || fail "the model could not be imported"
as_ann "peerllm host start --orchestrator ws://${url#http://} --model other-model --detach" || fail "no host started"
serves() { curl -s "$url/v1/models" -H "Authorization: Bearer $key" | grep -q other-model; }
await 60 "the host's offer" serves
# A file in no catalogue has its digest in its name.
name=$(curl -s "$url/v1/models" -H "Authorization: Bearer $key" | grep -o 'other-model@[0-9a-f]*' | head -n 1)
asked=$(curl -sS --max-time 60 "$url/v1/chat/completions" -H "Authorization: Bearer $key" -H "Content-Type: application/json" \
    -d "{\"model\":\"$name\",\"max_tokens\":8,\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}")
printf '%s' "$asked" | grep -q '"completion_tokens":[1-9]' || fail "no answer came: $asked"

say "apt upgrades to $new while it runs: the host is ended, the data stay"
sha256sum "$root/home/ann/$data/identity.key" >"$work/identity.txt"
chroot "$root" apt-get install -y "/tmp/peerllm_${new}_$architecture.deb" >"$work/apt-upgrade.log" 2>&1 ||
    fail "apt could not upgrade it; see $work/apt-upgrade.log"
runs_not /opt/peerllm || fail "the host of $old still runs"
[ "$(as_ann 'peerllm --version')" = "peerllm $new" ] || fail "peerllm --version does not say $new"
sha256sum -c "$work/identity.txt" >/dev/null || fail "the host's key is another one"
as_ann "peerllm host models list" | grep -q other-model || fail "the imported model is forgotten"
[ -z "$(cd "$root/opt/peerllm/lib/app" && ls ./*"-$old.jar" 2>/dev/null)" ] || fail "files of $old are still there"

# --- uninstall -------------------------------------------------------------------------------------------------------

say "apt purges it: nothing is left but what ann has"
chroot "$root" apt-get purge -y peerllm >"$work/apt-purge.log" 2>&1 || fail "apt could not remove it; see $work/apt-purge.log"
files_of_root >"$work/after.txt"
left=$(comm -13 "$work/before.txt" "$work/after.txt" | grep -v '^./usr/share/\(mime\|applications/mimeinfo.cache\)\|^./var/lib/\(systemd\|ucf\)' || true)
[ -z "$left" ] || fail "left behind: $left"
! grep -rq gguf "$root/usr/share/mime" "$root/usr/share/applications" 2>/dev/null || fail "the file type is still known"
[ -f "$root/home/ann/$data/identity.key" ] || fail "the data of a person were removed"

# --- the archive, without root ---------------------------------------------------------------------------------------

say "The archive is unpacked and added to the menu without root"
cp "$packages"/peerllm-"$new"-linux-*.tar.gz "$root/home/ann/peerllm.tar.gz"
as_ann "tar xzf peerllm.tar.gz && PeerLLM/install.sh" || fail "install.sh did not work"
[ "$(as_ann '.local/bin/peerllm --version')" = "peerllm $new" ] || fail "the archive's command does not run"
as_ann "gio mime application/x-gguf" | grep -q 'Default.*peerllm.desktop' || fail "the archive's PeerLLM does not open .gguf"
: >"$root/home/ann/$data/logs/host.log"
as_ann "JAVA_TOOL_OPTIONS='$window_options' gio launch .local/share/applications/peerllm.desktop 'other model.gguf' >open.txt 2>&1 &"
await 30 "the question about the opened file" in_log "asked how 1 model files"
! grep -q '\[aot\]\|\[cds\]' "$root/home/ann/open.txt" || fail "the archive's AOT cache is not used: $(cat "$root/home/ann/open.txt")"
as_ann "PeerLLM/uninstall.sh" || fail "uninstall.sh did not work"
[ ! -e "$root/home/ann/PeerLLM" ] && [ ! -e "$root/home/ann/.local/bin/peerllm" ] || fail "uninstall.sh left its folder"
left=$(cd "$root/home/ann" && find . -type f ! -path "./$data/*" ! -path './.local/share/mime/*' ! -name mimeinfo.cache ! -name '*.gguf' ! -name '*.txt' ! -name peerllm.tar.gz ! -name '.bash*' ! -name .profile)
[ -z "$left" ] || fail "left in the home of ann: $left"

say "What ann no longer wants goes with remove-data"
chroot "$root" apt-get install -y "/tmp/peerllm_${new}_$architecture.deb" >"$work/apt-again.log" 2>&1
as_ann "peerllm remove-data --all --yes" || fail "remove-data did not work"
[ ! -e "$root/home/ann/$data" ] || fail "data are left"
[ -f "$root/home/ann/other model.gguf" ] || fail "a file of ann was removed"
echo "Checked: install, window, file type, serving, upgrade, uninstall, archive, data."
