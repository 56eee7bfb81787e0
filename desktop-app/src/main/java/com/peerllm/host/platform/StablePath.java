package com.peerllm.host.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/** Paths that stay good when this program is updated, for what is written down: an entry at login, a service. */
public final class StablePath {
    private StablePath() {}

    /**
     * An installation without an administrator keeps each version in {@code versions/NUMBER} and names the one in use with the
     * link {@code current}: the same file by way of that link. Any other file stays what it is.
     */
    public static Path of(Path file) {
        for (Path folder = file; folder.getParent() != null; folder = folder.getParent()) {
            Path versions = folder.getParent();
            if (!versions.endsWith("versions")) continue;
            Path current = versions.resolveSibling("current");
            if (Files.isSymbolicLink(current)) return current.resolve(folder.relativize(file));
        }
        return file;
    }
}
