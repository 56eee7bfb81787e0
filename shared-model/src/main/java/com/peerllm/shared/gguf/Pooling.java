package com.peerllm.shared.gguf;

/** How a model makes one vector of the vectors of all tokens; the order is llama.cpp's numbering. */
public enum Pooling {
    NONE,
    MEAN,
    CLS,
    LAST,
    RANK;

    private static final Pooling[] BY_NUMBER = values();

    static int most() {
        return BY_NUMBER.length - 1;
    }

    static Pooling of(int number) {
        return BY_NUMBER[number];
    }
}
