package com.peerllm.host;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.settings.HostSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which models the settings offer to the network, by name, the first being the one that is named to people. Pure. */
final class OfferedNames {
    private OfferedNames() {}

    /** @param starter what is offered when nothing was chosen */
    static List<String> of(HostSettings settings, String starter) {
        return Stream.concat(Stream.of(settings.model().orElse(starter)), settings.alsoServe().stream())
                .distinct()
                .toList();
    }

    /** The starter model, which stands in while nothing is chosen, leaves when something is. */
    static HostSettings with(HostSettings settings, String name) {
        List<String> names = new ArrayList<>(Stream.concat(settings.model().stream(), settings.alsoServe().stream())
                .distinct()
                .toList());
        if (!names.contains(name)) names.add(name);
        return chosen(settings, names);
    }

    /** @throws HostException {@code USAGE} when it is the only one */
    static HostSettings without(HostSettings settings, String starter, String name) {
        List<String> names = new ArrayList<>(of(settings, starter));
        names.remove(name);
        if (names.isEmpty())
            throw new HostException(
                    Problem.USAGE,
                    name + " is the only model that this computer offers. Offer another one first, or stop sharing.");
        return chosen(settings, names);
    }

    /** The model is gone: also when it was the only one, and the starter model takes its place. */
    static HostSettings forgotten(HostSettings settings, String starter, String name) {
        List<String> names = new ArrayList<>(of(settings, starter));
        names.remove(name);
        List<String> pinned =
                settings.pinned().stream().filter(pin -> !pin.equals(name)).toList();
        HostSettings rest = settings.edit().pinned(pinned).done();
        if (names.isEmpty())
            return rest.edit().model(Optional.empty()).alsoServe(List.of()).done();
        return chosen(rest, names);
    }

    private static HostSettings chosen(HostSettings settings, List<String> names) {
        return settings.edit()
                .model(Optional.of(names.getFirst()))
                .alsoServe(names.subList(1, names.size()))
                .done();
    }
}
