package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.settings.HostSettings;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableValue;

/** Newer versions of the program: where it stands, and what the person wants. Belongs to the thread of the screens. */
public final class UpdateModel {
    private final SettingsSource.Updates updates;
    private final Workbench bench;
    private final ObservableValue<UpdateFace> face;
    private final ReadOnlyObjectProperty<Optional<String>> refusal;
    private final Wished<Boolean> looks;

    UpdateModel(
            SettingsSource source, ReadOnlyObjectProperty<HostSettings> settings, FxSignals signals, Workbench bench) {
        updates = source.updates();
        this.bench = bench;
        UpdateWording wording = new UpdateWording(bench.messages(), bench.clock());
        face = signals.follow(updates.state()).map(wording::face);
        refusal = signals.follow(updates.refusedAsOld());
        looks = new Wished<>(
                settings.get().looksForUpdates(),
                bench,
                wish -> source.host()
                        .change(all -> all.edit().looksForUpdates(wish).done()));
        settings.subscribe(now -> looks.follow(now.looksForUpdates()));
    }

    public ObservableValue<UpdateFace> face() {
        return face;
    }

    /** What the network says when it does not take this version any more. */
    public ReadOnlyObjectProperty<Optional<String>> refusalProperty() {
        return refusal;
    }

    /** Whether this build knows where newer versions are; else there is nothing to choose. */
    public boolean hasAddress() {
        return updates.hasAddress();
    }

    public Wished<Boolean> looks() {
        return looks;
    }

    public void act() {
        face.getValue().action().ifPresent(action -> {
            switch (action) {
                case LOOK -> updates.look();
                case DOWNLOAD, AGAIN -> updates.download();
                case RESTART, INSTALL -> updates.apply();
            }
        });
    }

    public void cancel() {
        updates.cancel();
    }

    public void openNotes() {
        face.getValue().notes().ifPresent(updates::openPage);
    }

    /** For a few words on another screen: shows all of it. */
    public void show() {
        bench.goTo().accept(Room.SETTINGS);
    }
}
