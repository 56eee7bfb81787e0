package com.peerllm.host.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Models of others, which stay out of the repository: found in a folder {@code shared/models} beside the checkout or above it. */
public final class SharedModels {
    /** A sentence encoder of 23 million weights (BERT, 384 dimensions, mean pooling, 512 tokens), Apache-2.0. */
    public static final String MINI_LM = "all-MiniLM-L6-v2-Q8_0.gguf";

    private SharedModels() {}

    /** Nothing where the folder is not at hand; what needs the model is then not tested. */
    public static Optional<Path> find(String name) {
        for (Path folder = Path.of(System.getProperty("peerllm.home")).toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path file = folder.resolve("shared/models").resolve(name);
            if (Files.isRegularFile(file)) return Optional.of(file);
        }
        return Optional.empty();
    }
}
