package com.peerllm.host.answering;

import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides where a question is answered: by a model of this computer or by the network. Pure. */
public final class Hybrid {
    public static final String LOCAL = "local/";
    public static final String NETWORK = "network/";

    private Hybrid() {}

    /** Why it is answered there. */
    public enum Why {
        /** The request names the place. */
        ASKED,
        /** The settings name the place. */
        SETTING,
        /** The model is here and has a free slot. */
        HERE,
        /** The model is here, all its slots are taken, and the network does not have it: the request waits. */
        ONLY_HERE,
        /** The model is not on this computer. */
        NOT_HERE,
        /** The model is here, and all its slots are taken. */
        NO_FREE_SLOT,
        /** The network had failed before the first token. */
        NETWORK_FAILED;

        /** For programs, such as {@code no_free_slot}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was decided. */
    public sealed interface Way {}

    /** By this computer. */
    public record Local(OwnModel model, Why why) implements Way {}

    /**
     * By the network.
     *
     * @param id of the model there
     * @param otherwise the model of this computer that answers when the network fails before the first token
     */
    public record Remote(String id, Why why, Optional<OwnModel> otherwise) implements Way {}

    /**
     * Nobody can.
     *
     * @param sentence why, and what to do
     * @param noKey whether an API key of the network is all that is missing
     */
    public record Nowhere(String sentence, boolean noKey) implements Way {}

    /**
     * @param asked a model's name, with {@code local/} or {@code network/} before it where the place is asked for
     * @param here the models of this computer
     * @param there those of the network, as far as they are known
     * @param hasKey whether the person has an API key of the network
     */
    public static Way decide(String asked, Mode mode, List<OwnModel> here, List<NetworkModel> there, boolean hasKey) {
        if (asked.startsWith(LOCAL)) return onlyHere(asked.substring(LOCAL.length()), Why.ASKED, here, hasKey);
        if (asked.startsWith(NETWORK)) {
            String name = asked.substring(NETWORK.length());
            return remote(name, Why.ASKED, here, there, hasKey);
        }
        return switch (mode) {
            case LOCAL -> onlyHere(asked, Why.SETTING, here, hasKey);
            case NETWORK -> remote(asked, Why.SETTING, here, there, hasKey);
            case AUTOMATIC -> automatic(asked, here, there, hasKey);
        };
    }

    private static Way automatic(String asked, List<OwnModel> here, List<NetworkModel> there, boolean hasKey) {
        Optional<OwnModel> own = find(asked, here, there);
        if (own.isEmpty()) {
            return hasKey
                    ? new Remote(asked, Why.NOT_HERE, Optional.empty())
                    : onlyHere(asked, Why.SETTING, here, false);
        }
        if (own.get().freeSlots() > 0) return new Local(own.get(), Why.HERE);
        Optional<String> id = hasKey ? sameFile(own.get(), there) : Optional.empty();
        return id.<Way>map(found -> new Remote(found, Why.NO_FREE_SLOT, own))
                .orElseGet(() -> new Local(own.get(), Why.ONLY_HERE));
    }

    private static Way onlyHere(String name, Why why, List<OwnModel> here, boolean hasKey) {
        return find(name, here, List.of())
                .<Way>map(model -> new Local(model, why))
                .orElseGet(() -> new Nowhere(notHere(here, hasKey), false));
    }

    /** Also under the name that the network has for the same file. */
    private static Optional<OwnModel> find(String name, List<OwnModel> here, List<NetworkModel> there) {
        return here.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .or(() -> there.stream()
                        .filter(model -> model.id().equals(name))
                        .flatMap(model -> model.sha256().stream())
                        .flatMap(file ->
                                here.stream().filter(own -> own.digest().hex().equals(file)))
                        .findFirst());
    }

    /** What the network calls so, or the model of this computer that is called so; else the network says what it thinks. */
    private static Way remote(String name, Why why, List<OwnModel> here, List<NetworkModel> there, boolean hasKey) {
        if (!hasKey) return new Nowhere(NetworkTroubles.noKey().sentence(), true);
        boolean known = there.stream().anyMatch(model -> model.id().equals(name));
        Optional<String> same =
                known ? Optional.empty() : find(name, here, there).flatMap(own -> sameFile(own, there));
        return new Remote(same.orElse(name), why, Optional.empty());
    }

    /** A model of the same name is another one when its file is. */
    private static Optional<String> sameFile(OwnModel own, List<NetworkModel> there) {
        return there.stream()
                .filter(model -> model.sha256().equals(Optional.of(own.digest().hex())))
                .findFirst()
                .map(NetworkModel::id);
    }

    private static String notHere(List<OwnModel> here, boolean hasKey) {
        String those = here.isEmpty()
                ? "There is none yet: download or import one."
                : "Here are: " + here.stream().map(OwnModel::name).sorted().collect(Collectors.joining(", ")) + ".";
        return "This computer has no model of that name. " + those
                + (hasKey ? " Put network/ before the name to ask the network." : "");
    }
}
