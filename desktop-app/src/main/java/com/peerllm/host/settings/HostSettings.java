package com.peerllm.host.settings;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a person chose for this host, and which orchestrators it has met. A value that is absent means "as the program
 * sees fit"; values of a newer program are kept as they are. Changed by {@link #edit}.
 *
 * @param orchestrator address of the orchestrator to serve
 * @param sharing whether the person wants to share, under the rules, also after the next start of the program
 * @param model name of the model to serve
 * @param alsoServe names of more models to serve; what is in neither is for this computer only
 * @param pinned names of models that stay in memory
 * @param slots answers at the same time
 * @param contextPerSlot tokens that one answer may span, prompt included
 * @param threads that compute
 * @param gpuLayers layers to put on a GPU; negative puts all there
 * @param prices what is asked for a million tokens, by name of the model; see {@link Asks}
 * @param rules when and how much is shared
 * @param localApi the endpoint on this computer
 * @param electricity what running this computer costs
 * @param modelsFolder where downloads and copies go; absent: in the data folder
 * @param looksForUpdates whether newer versions of the program are looked for without being asked
 * @param metOrchestrators who answered at an address at first contact, by address
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HostSettings(
        Optional<String> orchestrator,
        Boolean sharing,
        Optional<String> model,
        List<String> alsoServe,
        List<String> pinned,
        OptionalInt slots,
        OptionalInt contextPerSlot,
        OptionalInt threads,
        OptionalInt gpuLayers,
        Map<String, String> prices,
        SharingRules rules,
        LocalApiSettings localApi,
        Electricity electricity,
        Optional<String> modelsFolder,
        Boolean looksForUpdates,
        Map<String, MetOrchestrator> metOrchestrators,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> ofNewerPrograms) {

    public static final HostSettings DEFAULTS = new SettingsDraft().done();

    public HostSettings {
        orchestrator = orchestrator == null ? Optional.empty() : orchestrator;
        sharing = sharing != null && sharing;
        model = model == null ? Optional.empty() : model;
        alsoServe = alsoServe == null ? List.of() : List.copyOf(alsoServe);
        pinned = pinned == null ? List.of() : List.copyOf(pinned);
        slots = atLeastOne(slots, "slots");
        contextPerSlot = atLeastOne(contextPerSlot, "contextPerSlot");
        threads = atLeastOne(threads, "threads");
        gpuLayers = gpuLayers == null ? OptionalInt.empty() : gpuLayers;
        prices = prices == null ? Map.of() : Map.copyOf(prices);
        rules = rules == null ? SharingRules.DEFAULTS : rules;
        localApi = localApi == null ? LocalApiSettings.DEFAULTS : localApi;
        electricity = electricity == null ? Electricity.UNKNOWN : electricity;
        modelsFolder = modelsFolder == null ? Optional.empty() : modelsFolder;
        looksForUpdates = looksForUpdates == null || looksForUpdates;
        metOrchestrators = metOrchestrators == null ? Map.of() : Map.copyOf(new TreeMap<>(metOrchestrators));
        ofNewerPrograms = ofNewerPrograms == null ? Map.of() : new LinkedHashMap<>(ofNewerPrograms);
    }

    private static OptionalInt atLeastOne(OptionalInt value, String name) {
        if (value == null) return OptionalInt.empty();
        if (value.isPresent() && value.getAsInt() < 1) throw new IllegalArgumentException(name + " is at least 1");
        return value;
    }

    /** A copy to change; this stays as it is. */
    public SettingsDraft edit() {
        return new SettingsDraft(this);
    }

    public HostSettings withOrchestrator(String address) {
        return edit().orchestrator(Optional.of(address)).done();
    }

    public HostSettings withModel(String name) {
        return edit().model(Optional.of(name)).done();
    }

    /** With these prices in place of those that it has; see {@link Asks}. */
    public HostSettings withPrices(Map<String, String> others) {
        return edit().prices(others).done();
    }

    /** Remembers who answered at an address. */
    public HostSettings met(String address, MetOrchestrator who) {
        Map<String, MetOrchestrator> all = new TreeMap<>(metOrchestrators);
        all.put(address, who);
        return edit().metOrchestrators(all).done();
    }
}
