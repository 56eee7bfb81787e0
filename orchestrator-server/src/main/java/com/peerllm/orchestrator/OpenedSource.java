package com.peerllm.orchestrator;

import com.peerllm.orchestrator.auditor.HttpFiles;
import com.peerllm.shared.audit.FolderFiles;
import com.peerllm.shared.audit.LogFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The log that a command was given: an address, or a folder.
 *
 * @param remote what has to be closed; empty for a folder
 */
record OpenedSource(LogFiles files, Optional<HttpFiles> remote) implements AutoCloseable {

    /** @throws StartException when it is neither */
    static OpenedSource of(String source) {
        if (source.matches("(?i)https?://.*")) {
            try {
                HttpFiles files = new HttpFiles(log(URI.create(source)), HttpFiles.Patience.STANDARD);
                return new OpenedSource(files, Optional.of(files));
            } catch (IllegalArgumentException e) {
                throw new StartException(ExitCode.USAGE, source + " is not an address.", e);
            }
        }
        Path folder = Path.of(source);
        if (Files.isDirectory(folder)) return new OpenedSource(new FolderFiles(folder), Optional.empty());
        throw new StartException(
                ExitCode.USAGE, source + " is neither an address that begins with http nor a folder.", null);
    }

    /** Of an orchestrator's address without a path, its log. */
    private static URI log(URI address) {
        String path = address.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? address.resolve("/log/") : address;
    }

    boolean isRemote() {
        return remote.isPresent();
    }

    @Override
    public void close() {
        remote.ifPresent(HttpFiles::close);
    }
}
