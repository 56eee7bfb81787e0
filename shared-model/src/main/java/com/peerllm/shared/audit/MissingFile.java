package com.peerllm.shared.audit;

import java.io.IOException;

/** Whoever has the log's files answered, and has not this one. */
public final class MissingFile extends IOException {
    public MissingFile(String path) {
        super(path + " is not there");
    }
}
