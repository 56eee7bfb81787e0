package com.peerllm.host.cli;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.modelstore.HashProgress;
import java.io.PrintWriter;

/** Tells on the terminal how far the reading of a big model file has come; says nothing about small ones. */
final class HashLine implements HashProgress {
    private static final long WORTH_TELLING_BYTES = 1L << 30;

    private final PrintWriter err;

    HashLine(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(long doneBytes, long totalBytes) {
        if (totalBytes < WORTH_TELLING_BYTES) return;
        String end = doneBytes == totalBytes ? "\n" : "";
        err.print("\rReading the model: " + ByteSize.inWords(doneBytes) + " of " + ByteSize.inWords(totalBytes) + end);
        err.flush();
    }
}
