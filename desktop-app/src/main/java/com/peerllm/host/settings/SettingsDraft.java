package com.peerllm.host.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Settings that are being changed, one value after another; for one thread. What each value means: {@link HostSettings}. */
public final class SettingsDraft {
    private Optional<String> orchestrator = Optional.empty();
    private boolean sharing;
    private Optional<String> model = Optional.empty();
    private List<String> alsoServe = List.of();
    private List<String> pinned = List.of();
    private OptionalInt slots = OptionalInt.empty();
    private OptionalInt contextPerSlot = OptionalInt.empty();
    private OptionalInt threads = OptionalInt.empty();
    private OptionalInt gpuLayers = OptionalInt.empty();
    private Map<String, String> prices = Map.of();
    private SharingRules rules = SharingRules.DEFAULTS;
    private LocalApiSettings localApi = LocalApiSettings.DEFAULTS;
    private Electricity electricity = Electricity.UNKNOWN;
    private Optional<String> modelsFolder = Optional.empty();
    private boolean looksForUpdates = true;
    private Map<String, MetOrchestrator> metOrchestrators = Map.of();
    private Map<String, JsonNode> ofNewerPrograms = Map.of();

    SettingsDraft() {}

    SettingsDraft(HostSettings from) {
        orchestrator = from.orchestrator();
        sharing = from.sharing();
        model = from.model();
        alsoServe = from.alsoServe();
        pinned = from.pinned();
        slots = from.slots();
        contextPerSlot = from.contextPerSlot();
        threads = from.threads();
        gpuLayers = from.gpuLayers();
        prices = from.prices();
        rules = from.rules();
        localApi = from.localApi();
        electricity = from.electricity();
        modelsFolder = from.modelsFolder();
        looksForUpdates = from.looksForUpdates();
        metOrchestrators = from.metOrchestrators();
        ofNewerPrograms = from.ofNewerPrograms();
    }

    public SettingsDraft orchestrator(Optional<String> value) {
        orchestrator = value;
        return this;
    }

    public SettingsDraft sharing(boolean value) {
        sharing = value;
        return this;
    }

    public SettingsDraft model(Optional<String> value) {
        model = value;
        return this;
    }

    public SettingsDraft alsoServe(List<String> value) {
        alsoServe = value;
        return this;
    }

    public SettingsDraft pinned(List<String> value) {
        pinned = value;
        return this;
    }

    public SettingsDraft slots(OptionalInt value) {
        slots = value;
        return this;
    }

    public SettingsDraft contextPerSlot(OptionalInt value) {
        contextPerSlot = value;
        return this;
    }

    public SettingsDraft threads(OptionalInt value) {
        threads = value;
        return this;
    }

    public SettingsDraft gpuLayers(OptionalInt value) {
        gpuLayers = value;
        return this;
    }

    public SettingsDraft prices(Map<String, String> value) {
        prices = value;
        return this;
    }

    public SettingsDraft rules(SharingRules value) {
        rules = value;
        return this;
    }

    public SettingsDraft localApi(LocalApiSettings value) {
        localApi = value;
        return this;
    }

    public SettingsDraft electricity(Electricity value) {
        electricity = value;
        return this;
    }

    public SettingsDraft modelsFolder(Optional<String> value) {
        modelsFolder = value;
        return this;
    }

    public SettingsDraft looksForUpdates(boolean value) {
        looksForUpdates = value;
        return this;
    }

    public SettingsDraft metOrchestrators(Map<String, MetOrchestrator> value) {
        metOrchestrators = value;
        return this;
    }

    /** @throws IllegalArgumentException when a value is out of its range */
    public HostSettings done() {
        return new HostSettings(
                orchestrator,
                sharing,
                model,
                alsoServe,
                pinned,
                slots,
                contextPerSlot,
                threads,
                gpuLayers,
                prices,
                rules,
                localApi,
                electricity,
                modelsFolder,
                looksForUpdates,
                metOrchestrators,
                ofNewerPrograms);
    }
}
