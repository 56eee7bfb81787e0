package com.peerllm.desktop;

import com.peerllm.desktop.settings.SettingsSource;
import com.peerllm.desktop.settings.SettingsSource.ApiState;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.host.HostData;
import com.peerllm.host.HostVersion;
import com.peerllm.host.answering.NetworkKey;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.localapi.LocalApiState;
import com.peerllm.host.modelstore.HashProgress;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.settings.HostSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Settings over the running program. */
final class ProgramSettings
        implements SettingsSource.HostChanges, SettingsSource.NetworkKeyFile, SettingsSource.LocalApi {
    private final OpenedHost opened;
    private final HostData data;
    private final WindowParts parts;
    private final Messages messages;
    private final NetworkKey networkKey;
    private final Signal<ApiState> api = new Signal<>(ApiState.OFF);

    ProgramSettings(OpenedHost opened, WindowParts parts, Messages messages) {
        this.opened = opened;
        this.parts = parts;
        this.messages = messages;
        data = opened.data();
        networkKey = new NetworkKey(data.folders().networkKey());
        opened.program().localApi().state().subscribe(state -> api.set(shown(state)));
    }

    SettingsSource source() {
        return new SettingsSource(
                new SettingsSource.About(
                        opened.host().pseudonym(),
                        HostVersion.text(),
                        this::engine,
                        data.folders().data()),
                opened.host().settings(),
                this,
                parts.looks(),
                this,
                this,
                new ProgramAtLogin(parts.around(), data.folders(), messages),
                new ProgramUpdates(opened, parts),
                () -> data.modelsFolder().path());
    }

    private Optional<String> engine() {
        try {
            return Optional.of(
                    EngineNatives.release(EngineNatives.locate(parts.around().properties())));
        } catch (EngineException e) {
            throw new HostException(Problem.ENGINE, e.failure().sentence(), e);
        }
    }

    @Override
    public void change(UnaryOperator<HostSettings> change) {
        data.settings().update(change);
    }

    @Override
    public void network(String address) {
        String checked = OrchestratorAddress.parse(address, parts.link().allowPlaintext())
                .text();
        change(settings -> settings.withOrchestrator(checked));
    }

    @Override
    public void moveModels(Path to) {
        boolean sharing = opened.host().wanted().get();
        if (sharing) throw new HostException(Problem.USAGE, messages.text("settings.folders.sharing"));
        opened.host().models().moveTo(to, HashProgress.SILENT, new Cancellation());
    }

    @Override
    public boolean isSet() {
        return networkKey.isSet();
    }

    @Override
    public void set(String key) {
        networkKey.set(key);
    }

    @Override
    public void clear() {
        networkKey.clear();
    }

    @Override
    public Signal<ApiState> state() {
        return api;
    }

    private static ApiState shown(LocalApiState state) {
        return switch (state) {
            case LocalApiState.Off _ -> ApiState.OFF;
            case LocalApiState.Listening(List<String> addresses) -> new ApiState(addresses, Optional.empty());
            case LocalApiState.Failed(String sentence) -> new ApiState(List.of(), Optional.of(sentence));
        };
    }

    @Override
    public String key() {
        return opened.program().localApiKey().current();
    }

    @Override
    public void renewKey() {
        opened.program().localApiKey().renew();
    }
}
