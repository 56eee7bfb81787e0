package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;

/** The endpoint on this computer: whether it listens, where, for whom, and who answers. */
public final class LocalApiModel {
    private static final int MOST = 65_535;

    private final SettingsSource source;
    private final Messages messages;
    private final ReadOnlyObjectProperty<SettingsSource.ApiState> state;
    private final Wished<Boolean> on;
    private final Wished<Integer> port;
    private final Wished<Boolean> homeNetwork;
    private final Wished<Mode> mode;
    private final Errand key;

    LocalApiModel(
            SettingsSource source, ReadOnlyObjectProperty<HostSettings> settings, FxSignals signals, Workbench bench) {
        this.source = source;
        messages = bench.messages();
        state = signals.follow(source.localApi().state());
        LocalApiSettings now = settings.get().localApi();
        on = new Wished<>(
                now.on(),
                bench,
                wish -> change(api -> new LocalApiSettings(wish, api.port(), api.homeNetwork(), api.mode())));
        port = new Wished<>(
                now.port(),
                bench,
                wish -> change(api -> new LocalApiSettings(api.on(), wish, api.homeNetwork(), api.mode())));
        homeNetwork = new Wished<>(
                now.homeNetwork(),
                bench,
                wish -> change(api -> new LocalApiSettings(api.on(), api.port(), wish, api.mode())));
        mode = new Wished<>(
                now.mode(),
                bench,
                wish -> change(api -> new LocalApiSettings(api.on(), api.port(), api.homeNetwork(), wish)));
        key = new Errand(bench);
        settings.map(HostSettings::localApi).subscribe(api -> {
            on.follow(api.on());
            port.follow(api.port());
            homeNetwork.follow(api.homeNetwork());
            mode.follow(api.mode());
        });
    }

    private void change(UnaryOperator<LocalApiSettings> change) {
        source.host()
                .change(settings -> settings.edit()
                        .localApi(change.apply(settings.localApi()))
                        .done());
    }

    public ReadOnlyObjectProperty<SettingsSource.ApiState> stateProperty() {
        return state;
    }

    public Wished<Boolean> on() {
        return on;
    }

    public Wished<Integer> port() {
        return port;
    }

    public Wished<Boolean> homeNetwork() {
        return homeNetwork;
    }

    public Wished<Mode> mode() {
        return mode;
    }

    /** @param typed by the person */
    public void wishPort(String typed) {
        try {
            int number = Integer.parseInt(typed.strip());
            if (number >= 1 && number <= MOST) {
                port.wish(number);
                return;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number that cannot be.
        }
        port.refuse(messages.text("settings.api.port.wrong"));
    }

    public Errand key() {
        return key;
    }

    /** @param clipboard takes it, on the thread of the screens */
    public void copyKey(Consumer<String> clipboard) {
        key.ask(source.localApi()::key, clipboard);
    }

    public void renewKey() {
        key.run(source.localApi()::renewKey);
    }
}
