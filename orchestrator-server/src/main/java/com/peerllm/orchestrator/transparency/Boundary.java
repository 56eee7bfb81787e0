package com.peerllm.orchestrator.transparency;

import java.io.IOException;
import java.nio.file.Path;

/** Stands before every step that the log's files are changed in; tests let the power fail there. */
@FunctionalInterface
interface Boundary {
    Boundary NONE = (step, file) -> {};

    /** One step. */
    enum Step {
        WRITE,
        FORCE,
        RENAME,
        FORCE_FOLDER,
        DELETE
    }

    /** @throws IOException when the step is not to happen */
    void before(Step step, Path file) throws IOException;

    /** Whether the disk is really waited for; a test that plays power cuts knows what was forced. */
    default boolean forces() {
        return true;
    }
}
