package com.peerllm.desktop.toolkit;

import com.peerllm.host.kernel.HostException;

/**
 * Says what went wrong in the person's language. The host's own sentence, which is exact and English, follows as the detail; in
 * English it stands alone.
 */
public final class ProblemWording {
    private ProblemWording() {}

    public static String of(HostException e, Messages messages) {
        String detail = e.sentence();
        return switch (e.problem()) {
            case USAGE -> messages.text("shell.went.usage", detail);
            case BAD_MODEL -> messages.text("shell.went.model", detail);
            case NOT_ENOUGH_MEMORY -> messages.text("shell.went.memory", detail);
            case ORCHESTRATOR -> messages.text("shell.went.network", detail);
            case DATA_FOLDER_IN_USE -> messages.text("shell.went.folderInUse", detail);
            case DATA_FOLDER_BROKEN -> messages.text("shell.went.folderBroken", detail);
            case ENGINE -> messages.text("shell.went.engine", detail);
            case PUBLISHER -> messages.text("shell.went.publisher", detail);
            case DOWNLOAD -> messages.text("shell.went.download", detail);
            case UPDATE -> messages.text("shell.went.update", detail);
        };
    }
}
