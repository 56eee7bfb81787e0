package com.peerllm.orchestrator.auditor;

import com.peerllm.shared.audit.LogFiles;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A log's files over HTTP. */
public final class HttpFiles implements LogFiles, AutoCloseable {
    private final HttpReader reader;

    /**
     * @param each the longest that one answer may take, its body included
     * @param attempts how often one file is asked for at most
     * @param firstPause before the second attempt; doubled before each one more
     */
    public record Patience(Duration each, int attempts, Duration firstPause) {
        public static final Patience STANDARD = new Patience(Duration.ofSeconds(30), 6, Duration.ofMillis(500));
    }

    /** @param log the log's address, which the checkpoint and the tiles are below */
    public HttpFiles(URI log, Patience patience) {
        reader = new HttpReader(log, patience);
    }

    @Override
    public byte[] checkpoint() throws IOException {
        return reader.read("checkpoint", SignedNote.MAX_BYTES);
    }

    @Override
    public byte[] read(Tile tile) throws IOException {
        return reader.read(tile.path(), LogFiles.mostBytes(tile));
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        reader.close();
    }
}
