package com.peerllm.host.localapi;

import com.peerllm.host.answering.Hybrid;
import com.peerllm.host.answering.NetworkModel;
import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.wire.ModelFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The model objects of the endpoint, each under the id that always means it: {@code local/NAME} or {@code network/NAME}. */
final class ModelObjects {
    private ModelObjects() {}

    static Map<String, Object> list(List<OwnModel> here, List<NetworkModel> there) {
        return AnswerForm.fields(
                "object",
                "list",
                "data",
                Stream.concat(
                                here.stream().map(ModelObjects::of),
                                there.stream().map(ModelObjects::of))
                        .toList());
    }

    /** @param id with its place, or the name alone of a model of this computer or else of the network */
    static Optional<Object> one(String id, List<OwnModel> here, List<NetworkModel> there) {
        Optional<Object> own = here.stream()
                .filter(model -> id.equals(model.name()) || id.equals(Hybrid.LOCAL + model.name()))
                .findFirst()
                .map(ModelObjects::of);
        return own.or(() -> there.stream()
                .filter(model -> id.equals(model.id()) || id.equals(Hybrid.NETWORK + model.id()))
                .findFirst()
                .map(ModelObjects::of));
    }

    private static Object of(OwnModel model) {
        return AnswerForm.fields(
                "id",
                Hybrid.LOCAL + model.name(),
                "object",
                "model",
                "created",
                0,
                "owned_by",
                "this-computer",
                "peerllm",
                AnswerForm.fields(
                        "place", "local",
                        "sha256", model.digest().hex(),
                        "features", features(model).orElse(null),
                        "context_length", model.contextLength(),
                        "free_slots", model.freeSlots()));
    }

    /** What a program can ask of it; nothing while that is not known. Checking other hosts is none of it. */
    private static Optional<List<String>> features(OwnModel model) {
        if (model.features().isEmpty()) return Optional.empty();
        return Optional.of(model.features().stream()
                .filter(feature -> !feature.equals(ModelFeature.AUDIT.wireName()))
                .toList());
    }

    /** As the network tells it, under the id that means it here. */
    private static Object of(NetworkModel model) {
        ObjectNode object = (ObjectNode) model.json().deepCopy();
        object.put("id", Hybrid.NETWORK + model.id());
        object.withObject("/peerllm").put("place", "network");
        return object;
    }
}
