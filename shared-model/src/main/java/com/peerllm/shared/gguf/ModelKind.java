package com.peerllm.shared.gguf;

/** What a model answers with, told from its architecture, pooling and chat template. */
public enum ModelKind {
    /** Continues a conversation: it brings a chat template. */
    CHAT,
    /** Continues text; it brings no chat template. */
    COMPLETION,
    /** Turns text into one vector. */
    EMBEDDING,
    /** Scores how well a text answers a question (a reranker). */
    RANKING
}
