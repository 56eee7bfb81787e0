package com.peerllm.host.engine.jinja;

/** Python's {@code None}: a value that says "no value". JSON's null becomes it. */
public enum Nothing {
    NONE
}
