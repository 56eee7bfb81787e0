package com.peerllm.host.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small chat model that comes with the program, so that a host can serve before anything is downloaded. */
public final class StarterModel {
    static final String NAME = "sprout-1.4m-q8_0";
    private static final String RESOURCE = "/models/" + NAME + ".gguf";

    private StarterModel() {}

    /** For a trial of the engine that leaves the data folder alone. */
    public static void writeTo(Path file) throws IOException {
        Files.write(file, bytes());
    }

    static byte[] bytes() {
        try (InputStream in = StarterModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException("This build lacks its starter model " + RESOURCE);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The starter model could not be read from the program", e);
        }
    }
}
