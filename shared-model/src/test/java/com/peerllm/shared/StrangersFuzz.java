package com.peerllm.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The target of the coverage-guided fuzzer Jazzer for requests of consumers and messages of hosts and orchestrators. {@code
 * docs/security.md} has the command; {@link StrangersInputTest} is what runs in the build.
 */
public final class StrangersFuzz {
    private StrangersFuzz() {}

    /** Called by Jazzer, by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        StrangersInput.read(input);
    }

    /** Writes the inputs that the fuzzer starts from. */
    public static void main(String[] args) throws IOException {
        Path corpus = Files.createDirectories(Path.of(args[0]));
        int number = 0;
        for (byte[] good : StrangersInput.good()) Files.write(corpus.resolve("good-" + number++), good);
    }
}
