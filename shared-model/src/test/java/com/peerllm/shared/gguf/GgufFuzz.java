package com.peerllm.shared.gguf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The target of the coverage-guided fuzzer Jazzer: any bytes, read as the header of a model and put to every use that the host
 * makes of one, end in facts or in a {@link GgufException}. Any other exception is a finding, and so is an
 * {@code OutOfMemoryError} in a small heap.
 *
 * <p>{@code docs/engine.md} has the command; {@link HostileHeaderTest} is what runs in the build.
 */
public final class GgufFuzz {
    private GgufFuzz() {}

    /** Called by Jazzer, by this name. */
    public static void fuzzerTestOneInput(byte[] file) {
        HostileHeaderTest.use(file);
    }

    /** Writes the input that the fuzzer starts from. */
    public static void main(String[] args) throws IOException {
        Path corpus = Files.createDirectories(Path.of(args[0]));
        Files.write(corpus.resolve("valid.gguf"), HostileHeaderTest.FILE);
    }
}
