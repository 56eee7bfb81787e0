package com.peerllm.desktop.settings;

import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.settings.HostSettings;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What a person can set that is no rule of sharing; each change is kept at once. Belongs to the thread of the screens. */
public final class SettingsViewModel implements ScreenModel {
    private final SettingsSource source;
    private final Workbench bench;
    private final FxSignals signals;
    private final AccountModel account;
    private final LocalApiModel localApi;
    private final UpdateModel update;
    private final Wished<Boolean> login;
    private final Errand folders;
    private final ReadOnlyObjectWrapper<Path> modelsFolder;
    private final ReadOnlyObjectWrapper<Optional<String>> engine = new ReadOnlyObjectWrapper<>(Optional.empty());

    public SettingsViewModel(SettingsSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        signals = new FxSignals(bench.fxThread());
        ReadOnlyObjectProperty<HostSettings> settings = signals.follow(source.settings());
        account = new AccountModel(source, settings, bench);
        localApi = new LocalApiModel(source, settings, signals, bench);
        update = new UpdateModel(source, settings, signals, bench);
        login = new Wished<>(false, bench, source.login()::set);
        folders = new Errand(bench);
        modelsFolder = new ReadOnlyObjectWrapper<>(source.modelsFolder().get());
        settings.subscribe(now -> modelsFolder.set(source.modelsFolder().get()));
        if (canStartAtLogin()) new Errand(bench).ask(source.login()::isOn, login::follow);
        new Errand(bench).ask(source.about().engine(), engine::set);
    }

    public AccountModel account() {
        return account;
    }

    public LocalApiModel localApi() {
        return localApi;
    }

    public UpdateModel update() {
        return update;
    }

    public SettingsSource.Looks looks() {
        return source.looks();
    }

    public Path dataFolder() {
        return source.about().dataFolder();
    }

    public ReadOnlyObjectProperty<Path> modelsFolderProperty() {
        return modelsFolder.getReadOnlyProperty();
    }

    /** Whether models are being moved, and why the last move failed. */
    public Errand folders() {
        return folders;
    }

    public void moveModels(Path to) {
        folders.ask(
                () -> {
                    source.host().moveModels(to);
                    return source.modelsFolder().get();
                },
                modelsFolder::set);
    }

    public boolean canStartAtLogin() {
        return source.login().impossible().isEmpty();
    }

    /** Why this system cannot start the program at login. */
    public Optional<String> whyNoLogin() {
        return source.login().impossible();
    }

    public Wished<Boolean> login() {
        return login;
    }

    public void firstRunAgain() {
        bench.goTo().accept(Room.ONBOARDING);
    }

    public String version() {
        return source.about().version();
    }

    /** The engine's release, once it is known. */
    public ReadOnlyObjectProperty<Optional<String>> engineProperty() {
        return engine.getReadOnlyProperty();
    }

    @Override
    public void close() {
        signals.close();
    }
}
