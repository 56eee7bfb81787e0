package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.LanguageChoice;
import com.peerllm.desktop.toolkit.ThemeChoice;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** A program whose settings the test sets and watches. */
public final class StagedSettings
        implements SettingsSource.HostChanges,
                SettingsSource.Looks,
                SettingsSource.NetworkKeyFile,
                SettingsSource.LocalApi,
                SettingsSource.Login {
    public final Signal<HostSettings> settings =
            new Signal<>(HostSettings.DEFAULTS.withOrchestrator("wss://peers.example"));
    public final Signal<SettingsSource.ApiState> api = new Signal<>(SettingsSource.ApiState.OFF);
    public final SimpleObjectProperty<ThemeChoice> theme = new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
    public final SimpleObjectProperty<LanguageChoice> language = new SimpleObjectProperty<>(LanguageChoice.SYSTEM);
    public final SimpleObjectProperty<Boolean> needsYou = new SimpleObjectProperty<>(true);
    public final SimpleObjectProperty<Boolean> downloads = new SimpleObjectProperty<>(true);
    public final SimpleObjectProperty<Boolean> closingQuits = new SimpleObjectProperty<>(false);
    public final StagedUpdates updates = new StagedUpdates();
    public final List<String> asked = new ArrayList<>();
    public Optional<String> refusal = Optional.empty();
    public Optional<String> noLogin = Optional.empty();
    public Path models = Path.of("/home/ada/.local/share/peerllm/models");
    private boolean key;
    private boolean login;

    public SettingsSource source() {
        return new SettingsSource(
                new SettingsSource.About(
                        "quiet-otter-7f3a",
                        "0.1.0",
                        () -> Optional.of("b10107"),
                        Path.of("/home/ada/.local/share/peerllm")),
                settings,
                this,
                this,
                this,
                this,
                this,
                updates,
                () -> models);
    }

    /** The endpoint is on, also for the home network. */
    public void listens() {
        settings.set(settings.get()
                .edit()
                .localApi(new LocalApiSettings(true, 11435, true, LocalApiSettings.Mode.AUTOMATIC))
                .done());
        api.set(new SettingsSource.ApiState(
                List.of("http://127.0.0.1:11435/v1", "http://192.168.178.23:11435/v1"), Optional.empty()));
    }

    public void cannotListen() {
        listens();
        api.set(new SettingsSource.ApiState(
                List.of(),
                Optional.of("Port 11435 is taken by another program. End that program, or choose another port.")));
    }

    private void refuse() {
        if (refusal.isPresent()) throw new HostException(Problem.USAGE, refusal.get());
    }

    @Override
    public void change(UnaryOperator<HostSettings> change) {
        refuse();
        settings.set(change.apply(settings.get()));
    }

    @Override
    public void network(String address) {
        asked.add("network " + address);
        change(all -> all.withOrchestrator(address));
    }

    @Override
    public void moveModels(Path to) {
        asked.add("move to " + to);
        refuse();
        models = to;
    }

    @Override
    public ObservableValue<ThemeChoice> theme() {
        return theme;
    }

    @Override
    public void theme(ThemeChoice choice) {
        theme.set(choice);
    }

    @Override
    public ObservableValue<LanguageChoice> language() {
        return language;
    }

    @Override
    public void language(LanguageChoice choice) {
        language.set(choice);
    }

    @Override
    public ObservableValue<Boolean> noticeNeedsYou() {
        return needsYou;
    }

    @Override
    public ObservableValue<Boolean> noticeDownloads() {
        return downloads;
    }

    @Override
    public void notices(boolean forNeeds, boolean forDownloads) {
        needsYou.set(forNeeds);
        downloads.set(forDownloads);
    }

    @Override
    public ObservableValue<Boolean> closingQuits() {
        return closingQuits;
    }

    @Override
    public void closingQuits(boolean quits) {
        closingQuits.set(quits);
    }

    @Override
    public void quit() {
        asked.add("quit");
    }

    @Override
    public boolean hasTray() {
        return true;
    }

    @Override
    public boolean isSet() {
        return key;
    }

    @Override
    public void set(String secret) {
        refuse();
        asked.add("key of " + secret.length());
        key = true;
    }

    @Override
    public void clear() {
        asked.add("forget the key");
        key = false;
    }

    @Override
    public Signal<SettingsSource.ApiState> state() {
        return api;
    }

    @Override
    public String key() {
        asked.add("show the local key");
        return "local-secret";
    }

    @Override
    public void renewKey() {
        asked.add("renew the local key");
    }

    @Override
    public Optional<String> impossible() {
        return noLogin;
    }

    @Override
    public boolean isOn() {
        return login;
    }

    @Override
    public void set(boolean on) {
        refuse();
        asked.add("start at login: " + on);
        login = on;
    }
}
