package com.peerllm.host.modelstore;

/** Hears how far the reading of a model file has come; called a few times a second on the reading thread. */
@FunctionalInterface
public interface HashProgress {
    HashProgress SILENT = (done, total) -> {};

    void at(long doneBytes, long totalBytes);
}
