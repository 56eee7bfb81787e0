package com.peerllm.endtoend.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a host of the local network is started.
 *
 * @param model file to serve; empty for the starter model
 * @param slots answers at once; empty for the host's own choice
 */
public record HostOptions(Optional<Path> model, OptionalInt slots) {
    public static final HostOptions STARTER_MODEL = new HostOptions(Optional.empty(), OptionalInt.empty());

    public static HostOptions serving(Path model) {
        return new HostOptions(Optional.of(model), OptionalInt.empty());
    }

    public HostOptions withSlots(int count) {
        return new HostOptions(model, OptionalInt.of(count));
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--threads", "1"));
        model.ifPresent(file -> arguments.addAll(List.of("--model", file.toString())));
        slots.ifPresent(count -> arguments.addAll(List.of("--slots", Integer.toString(count))));
        return arguments;
    }
}
