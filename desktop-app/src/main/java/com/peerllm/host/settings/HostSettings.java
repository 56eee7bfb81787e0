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
 * sees fit"; values of a newer program are kept as they are.
 *
 * @param orchestrator address of the orchestrator to serve
 * @param model name of the model to serve
 * @param alsoServe names of more models to serve
 * @param pinned names of models that stay in memory
 * @param slots answers at the same time
 * @param contextPerSlot tokens that one answer may span, prompt included
 * @param threads that compute
 * @param gpuLayers layers to put on a GPU; negative puts all there
 * @param prices what is asked for a million tokens, by name of the model; see {@link Asks}
 * @param metOrchestrators who answered at an address at first contact, by address
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HostSettings(
        Optional<String> orchestrator,
        Optional<String> model,
        List<String> alsoServe,
        List<String> pinned,
        OptionalInt slots,
        OptionalInt contextPerSlot,
        OptionalInt threads,
        OptionalInt gpuLayers,
        Map<String, String> prices,
        Map<String, MetOrchestrator> metOrchestrators,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> ofNewerPrograms) {

    public static final HostSettings DEFAULTS = new HostSettings(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Map.of(),
            Map.of(),
            Map.of());

    public HostSettings {
        orchestrator = orchestrator == null ? Optional.empty() : orchestrator;
        model = model == null ? Optional.empty() : model;
        alsoServe = alsoServe == null ? List.of() : List.copyOf(alsoServe);
        pinned = pinned == null ? List.of() : List.copyOf(pinned);
        slots = atLeastOne(slots, "slots");
        contextPerSlot = atLeastOne(contextPerSlot, "contextPerSlot");
        threads = atLeastOne(threads, "threads");
        gpuLayers = gpuLayers == null ? OptionalInt.empty() : gpuLayers;
        prices = prices == null ? Map.of() : Map.copyOf(prices);
        metOrchestrators = metOrchestrators == null ? Map.of() : Map.copyOf(new TreeMap<>(metOrchestrators));
        ofNewerPrograms = ofNewerPrograms == null ? Map.of() : new LinkedHashMap<>(ofNewerPrograms);
    }

    private static OptionalInt atLeastOne(OptionalInt value, String name) {
        if (value == null) return OptionalInt.empty();
        if (value.isPresent() && value.getAsInt() < 1) throw new IllegalArgumentException(name + " is at least 1");
        return value;
    }

    public HostSettings withOrchestrator(String address) {
        return new HostSettings(
                Optional.of(address),
                model,
                alsoServe,
                pinned,
                slots,
                contextPerSlot,
                threads,
                gpuLayers,
                prices,
                metOrchestrators,
                ofNewerPrograms);
    }

    public HostSettings withModel(String name) {
        return new HostSettings(
                orchestrator,
                Optional.of(name),
                alsoServe,
                pinned,
                slots,
                contextPerSlot,
                threads,
                gpuLayers,
                prices,
                metOrchestrators,
                ofNewerPrograms);
    }

    /** With these prices in place of those that it has; see {@link Asks}. */
    public HostSettings withPrices(Map<String, String> others) {
        return new HostSettings(
                orchestrator,
                model,
                alsoServe,
                pinned,
                slots,
                contextPerSlot,
                threads,
                gpuLayers,
                others,
                metOrchestrators,
                ofNewerPrograms);
    }

    /** Remembers who answered at an address. */
    public HostSettings met(String address, MetOrchestrator who) {
        Map<String, MetOrchestrator> all = new TreeMap<>(metOrchestrators);
        all.put(address, who);
        return new HostSettings(
                orchestrator,
                model,
                alsoServe,
                pinned,
                slots,
                contextPerSlot,
                threads,
                gpuLayers,
                prices,
                all,
                ofNewerPrograms);
    }
}
