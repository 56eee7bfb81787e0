package com.peerllm.orchestrator.transparency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ends the power before one step of writing the log's files. What was not forced until then is lost: a file that was being written
 * is half there, a name that was not forced is what it was before.
 */
final class PowerCut implements Boundary {
    private final int atStep;
    private int steps;
    private boolean off;
    /** Names that were changed and not forced, with what they stood for before. */
    private final Map<Path, Optional<byte[]>> unforced = new LinkedHashMap<>();

    /** @param atStep how many steps happen before it */
    PowerCut(int atStep) {
        this.atStep = atStep;
    }

    @Override
    public void before(Step step, Path file) throws IOException {
        if (off || steps++ == atStep) {
            if (!off && step == Step.FORCE) halve(file);
            off = true;
            throw new IOException("the power is off");
        }
        switch (step) {
            case RENAME, DELETE -> unforced.putIfAbsent(file, content(file));
            case FORCE_FOLDER -> unforced.keySet().removeIf(each -> file.equals(each.getParent()));
            case WRITE, FORCE -> {}
        }
    }

    @Override
    public boolean forces() {
        return false;
    }

    private static void halve(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        byte[] content = Files.readAllBytes(beside);
        Files.write(beside, java.util.Arrays.copyOf(content, content.length / 2));
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    boolean happened() {
        return off;
    }

    /** Leaves the folder as it is found after the power came back. */
    void forgetWhatWasNotForced() throws IOException {
        for (Map.Entry<Path, Optional<byte[]>> each : unforced.entrySet()) {
            if (each.getValue().isPresent()) {
                Files.createDirectories(each.getKey().getParent());
                Files.write(each.getKey(), each.getValue().get());
            } else {
                Files.deleteIfExists(each.getKey());
            }
        }
    }
}
