package com.peerllm.desktop;

import com.peerllm.desktop.home.HomeStatus;
import com.peerllm.desktop.home.HomeViewModel;
import com.peerllm.desktop.home.Presence;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.tray.Tray;
import com.peerllm.host.modelstore.Download;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the tray shows and tells while the window may be hidden. Belongs to the thread of the screens. */
final class TrayDuty {
    private final Tray tray;
    private final Preferences preferences;
    private final Messages messages;
    private final Set<String> downloadsSeen = new HashSet<>();
    private Presence before = Presence.OFF;
    private boolean downloadsRead;

    TrayDuty(Tray tray, Preferences preferences, Messages messages) {
        this.tray = tray;
        this.preferences = preferences;
        this.messages = messages;
    }

    void follow(HomeViewModel home) {
        home.statusProperty().subscribe(this::show);
    }

    /** The same again tells nothing new: a failed try is told once. */
    void show(HomeStatus status) {
        tray.show(status);
        boolean begins = status.presence() == Presence.NEEDS_YOU && before != Presence.NEEDS_YOU;
        before = status.presence();
        if (begins && preferences.get().noticeNeedsYou()) tray.tell(status.sentence(), status.reason());
    }

    /** Tells of downloads that are done since the last time; those that were done before are old news. */
    void downloads(List<Download> all) {
        for (Download download : all) {
            boolean done = download.state() instanceof Download.State.Done;
            if (!done || !downloadsSeen.add(download.id())) continue;
            if (downloadsRead && preferences.get().noticeDownloads()) {
                tray.tell(messages.text("tray.download.title"), messages.text("tray.download.text", download.name()));
            }
        }
        downloadsRead = true;
    }

    /** Called when the window was hidden; tells once where the program is. */
    void hidden() {
        if (preferences.get().toldOfTray()) return;
        preferences.update(DesktopSettings::withTrayTold);
        tray.tell(messages.text("tray.hidden.title"), messages.text("tray.hidden.text"));
    }
}
