package com.peerllm.shared.gguf;

import java.util.Set;

/** What a model answers with, told from its architecture, pooling and chat template. */
public enum ModelKind {
    /** Continues a conversation: it brings a chat template. */
    CHAT,
    /** Continues text; it brings no chat template. */
    COMPLETION,
    /** Turns text into one vector. */
    EMBEDDING,
    /** Scores how well a text answers a question (a reranker). */
    RANKING;

    private static final Set<String> ENCODERS = Set.of(
            "bert",
            "modern-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "neo-bert",
            "jina-bert-v2",
            "jina-bert-v3",
            "eurobert",
            "gemma-embedding");

    /** Whether networks of this architecture read a whole text at once and answer with vectors. */
    public static boolean isEncoder(String architecture) {
        return ENCODERS.contains(architecture);
    }
}
