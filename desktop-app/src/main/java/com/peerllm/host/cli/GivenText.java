package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a short text that must not stand on a command line, where other programs see it: from a file or from standard input. */
final class GivenText {
    /** More than any key and any details of a payee have. */
    private static final int MOST_BYTES = 4096;

    private GivenText() {}

    /**
     * @param from {@code -} is standard input
     * @param what names it in the sentence of a failure
     * @throws HostException {@code USAGE} when it cannot be read
     */
    static String read(Path from, String what) {
        try (InputStream in = from.toString().equals("-") ? System.in : Files.newInputStream(from)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HostException(
                    Problem.USAGE, what + " cannot be read from " + from + ". Check the file and its permissions.", e);
        }
    }
}
