package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.wire.ModelFeature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models a consumer can ask for: those of the catalogue, and what connected hosts serve beside it under names that end
 * in the file's digest. Lives on the event loop.
 */
final class ModelDirectory {
    private final ModelCatalogue catalogue;
    private final HostRegistry registry;

    ModelDirectory(ModelCatalogue catalogue, HostRegistry registry) {
        this.catalogue = catalogue;
        this.registry = registry;
    }

    /** The exact file that a name stands for. */
    Optional<ModelManifest> find(String asked) {
        ModelId id;
        try {
            id = new ModelId(asked);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Optional<ModelManifest> listed = catalogue.find(id);
        if (listed.isPresent()) return listed;
        int at = asked.lastIndexOf('@');
        if (at < 0) return Optional.empty();
        String digestStart = asked.substring(at + 1);
        return registry.servedModels().stream()
                .filter(digest -> digest.shortForm().equals(digestStart))
                .map(this::manifest)
                .filter(manifest -> manifest.id().equals(id))
                .findFirst();
    }

    /** Whether every host that serves the model now does something else with it. */
    boolean lacks(ModelManifest manifest, ModelFeature feature) {
        List<ServedModel> serving = registry.serving(manifest.digest());
        return !serving.isEmpty() && serving.stream().noneMatch(served -> served.offers(feature));
    }

    /** What a model is for, as far as a host that serves it now tells. */
    private Optional<String> kind(ModelManifest manifest) {
        if (registry.serving(manifest.digest()).isEmpty()) return Optional.empty();
        return Optional.of(lacks(manifest, ModelFeature.CHAT) ? "embeddings" : "chat");
    }

    /** What at least one host can do for consumers with it now; names as on the wire. */
    private static List<String> features(List<ServedModel> serving) {
        return Stream.of(ModelFeature.values())
                .filter(feature -> feature != ModelFeature.AUDIT)
                .filter(feature -> serving.stream().anyMatch(served -> served.offers(feature)))
                .map(ModelFeature::wireName)
                .toList();
    }

    private static Optional<Integer> dimensions(List<ServedModel> serving) {
        return serving.stream()
                .flatMapToInt(served -> served.announced().embeddingDimensions().stream())
                .boxed()
                .max(Comparator.naturalOrder());
    }

    /** Every model that at least one host serves now, by name. */
    List<Map<String, Object>> list() {
        List<Map<String, Object>> list = new ArrayList<>();
        registry.servedModels().stream()
                .map(this::manifest)
                .sorted(Comparator.comparing(ModelManifest::id))
                .forEach(manifest -> list.add(describe(manifest)));
        return list;
    }

    /** The object of {@code GET /v1/models/{id}}. */
    Map<String, Object> describe(ModelManifest manifest) {
        List<ServedModel> serving = registry.serving(manifest.digest());
        int context =
                serving.stream().mapToInt(ServedModel::contextLength).max().orElse(0);
        return JsonAnswer.fields(
                "id",
                manifest.id().value(),
                "object",
                "model",
                "created",
                0,
                "owned_by",
                "peerllm",
                "peerllm",
                JsonAnswer.fields(
                        "sha256", manifest.digest().hex(),
                        "size_bytes", manifest.sizeBytes(),
                        "licence", manifest.licence().orElse(null),
                        "kind", kind(manifest).orElse(null),
                        "embedding_dimensions", dimensions(serving).orElse(null),
                        "features", features(serving),
                        "hosts", serving.size(),
                        "context_length", context,
                        "prompt_nanodollars_per_million",
                                manifest.price().promptPerMillion().nanoDollars(),
                        "completion_nanodollars_per_million",
                                manifest.price().completionPerMillion().nanoDollars()));
    }

    private ModelManifest manifest(ModelDigest digest) {
        return catalogue.find(digest).orElseGet(() -> {
            ServedModel first = registry.serving(digest).getFirst();
            return new ModelManifest(
                    ModelId.unlisted(first.announced().name(), digest),
                    digest,
                    first.announced().sizeBytes(),
                    Optional.empty(),
                    catalogue.priceOf(digest),
                    Optional.empty(),
                    0);
        });
    }
}
