package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.settings.HostSettings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Which network this computer belongs to, under which name, and the person's key of it. */
public final class AccountModel {
    private final SettingsSource source;
    private final Messages messages;
    private final Errand network;
    private final Errand key;
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty typedKey = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper hasKey = new ReadOnlyBooleanWrapper();

    AccountModel(SettingsSource source, ReadOnlyObjectProperty<HostSettings> settings, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        network = new Errand(bench);
        key = new Errand(bench);
        settings.map(HostSettings::orchestrator).subscribe(known -> address.set(known.orElse("")));
        key.ask(source.networkKey()::isSet, hasKey::set);
    }

    public String pseudonym() {
        return source.about().pseudonym();
    }

    /** As it is typed; kept by {@link #keepAddress}. */
    public StringProperty addressProperty() {
        return address;
    }

    public Errand network() {
        return network;
    }

    public void keepAddress() {
        String typed = address.get().strip();
        if (typed.isEmpty()) network.refuse(messages.text("settings.network.missing"));
        else network.run(() -> source.host().network(typed));
    }

    /** Whether there is a key; it is never shown. */
    public ReadOnlyBooleanProperty hasKeyProperty() {
        return hasKey.getReadOnlyProperty();
    }

    /** As it is pasted; forgotten as soon as it is kept. */
    public StringProperty typedKeyProperty() {
        return typedKey;
    }

    public Errand key() {
        return key;
    }

    public void keepKey() {
        String pasted = typedKey.get().strip();
        if (pasted.isEmpty()) {
            key.refuse(messages.text("settings.key.missing"));
            return;
        }
        key.ask(
                () -> {
                    source.networkKey().set(pasted);
                    return true;
                },
                kept -> {
                    typedKey.set("");
                    hasKey.set(true);
                });
    }

    public void forgetKey() {
        key.ask(
                () -> {
                    source.networkKey().clear();
                    return false;
                },
                hasKey::set);
    }
}
