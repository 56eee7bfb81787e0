package com.peerllm.shared.wire;

import java.util.Locale;
import java.util.Optional;

/** What a host can do with a model; a job that needs a feature goes only to hosts that announce it. */
public enum ModelFeature {
    /** Answers chats. */
    CHAT,
    /** Continues a text as it stands, without a chat template. */
    COMPLETIONS,
    /** Calls tools: its chat template takes them, and its calls are understood. */
    TOOLS,
    /** Keeps to a JSON schema. */
    JSON_SCHEMA,
    /** Tells log probabilities. */
    LOGPROBS,
    /** Thinks before it answers, and the thinking is told apart. */
    REASONING,
    /** Makes embeddings. */
    EMBEDDINGS,
    /** Checks other hosts' answers; no request of a consumer asks for it. */
    AUDIT;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Nothing for a feature of a newer protocol. */
    public static Optional<ModelFeature> ofWireName(String name) {
        for (ModelFeature feature : values()) if (feature.wireName().equals(name)) return Optional.of(feature);
        return Optional.empty();
    }
}
