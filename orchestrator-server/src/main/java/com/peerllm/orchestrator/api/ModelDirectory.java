package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.hosts.ServedModel;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.orchestrator.jobs.WorstCase;
import com.peerllm.orchestrator.routing.ModelIndex;
import com.peerllm.orchestrator.routing.PriceSpread;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.HostWishes;
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

    /** The error of a request that no host that is here would serve for its money; empty when there is none at all. */
    Optional<ApiError> tooDear(ModelManifest manifest, HostWishes wishes) {
        TokenPrice cap = wishes.cap(manifest.price());
        PriceSpread asked = registry.serving(manifest.digest()).prices();
        if (asked.hasOneUpTo(cap)) return Optional.empty();
        return asked.lowest().map(lowest -> Refusals.costsMore(manifest.id(), cap, lowest));
    }

    /** What a request may cost: the answer to one that only asks for that. */
    Map<String, Object> estimate(ModelManifest manifest, WorstCase atMost) {
        PriceSpread asked = registry.serving(manifest.digest()).prices();
        return AnswerForm.fields(
                "object", "price_estimate",
                "model", manifest.id().value(),
                "prompt_tokens_at_most", atMost.promptTokens(),
                "completion_tokens_at_most", (long) atMost.maxTokens() * atMost.choices(),
                "max_price", Prices.of(atMost.cap()),
                "lowest_ask", Prices.of(asked.lowest()),
                "median_ask", Prices.of(asked.median()),
                "held_nanodollars", atMost.cost().nanoDollars());
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
        ModelIndex<ServedModel> serving = registry.serving(manifest.digest());
        int context =
                serving.stream().mapToInt(ServedModel::contextLength).max().orElse(0);
        return AnswerForm.fields(
                "id",
                manifest.id().value(),
                "object",
                "model",
                "created",
                0,
                "owned_by",
                "peerllm",
                "peerllm",
                AnswerForm.fields(
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
                                manifest.price().completionPerMillion().nanoDollars(),
                        "lowest_ask", Prices.of(serving.prices().lowest()),
                        "median_ask", Prices.of(serving.prices().median())));
    }

    /**
     * The object of {@code GET /prices/{model}}: a file that nobody serves and nobody listed has a price too, the default.
     *
     * @param asked an id, or the SHA-256 of a file
     */
    Optional<Map<String, Object>> terms(String asked, RevenueSplit split) {
        Optional<ModelManifest> known = find(asked);
        Optional<ModelDigest> digest = known.map(ModelManifest::digest).or(() -> digest(asked));
        if (digest.isEmpty()) return Optional.empty();
        Optional<ModelManifest> listed = known.or(() -> catalogue.find(digest.get()));
        ModelIndex<ServedModel> serving = registry.serving(digest.get());
        return Optional.of(AnswerForm.fields(
                "object", "price",
                "model", listed.map(found -> found.id().value()).orElse(null),
                "sha256", digest.get().hex(),
                "hosts", serving.size(),
                "network_price", Prices.of(catalogue.priceOf(digest.get())),
                "lowest_ask", Prices.of(serving.prices().lowest()),
                "median_ask", Prices.of(serving.prices().median()),
                "network_share_basis_points", split.networkBasisPoints(),
                "royalty_basis_points",
                        listed.map(ModelManifest::royaltyBasisPoints).orElse(0),
                "creator",
                        listed.flatMap(ModelManifest::creator)
                                .map(AccountId::value)
                                .orElse(null)));
    }

    private static Optional<ModelDigest> digest(String asked) {
        try {
            return Optional.of(new ModelDigest(asked));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
