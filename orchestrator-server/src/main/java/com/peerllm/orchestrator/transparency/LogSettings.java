package com.peerllm.orchestrator.transparency;

import com.peerllm.shared.transparency.NoteKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the log is published.
 *
 * @param witnesses whose cosignatures are taken
 * @param witnessUrls where checkpoints are sent to be cosigned (C2SP tlog-witness), without {@code /add-checkpoint}
 * @param pause between two checkpoints at least, when the log is busy
 * @param askWitnesses how often a witness is sent the newest checkpoint at most
 * @param keepEvery how often the newest checkpoint is kept in the database at most
 * @param firstRetry wait before publishing is tried again after a failure; doubled each time
 * @param longestRetry where the doubling ends
 */
public record LogSettings(
        List<NoteKey> witnesses,
        List<URI> witnessUrls,
        Duration pause,
        Duration askWitnesses,
        Duration keepEvery,
        Duration firstRetry,
        Duration longestRetry) {
    public static final LogSettings STANDARD = new LogSettings(
            List.of(),
            List.of(),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(10));

    public LogSettings {
        witnesses = List.copyOf(witnesses);
        witnessUrls = List.copyOf(witnessUrls);
    }

    public LogSettings withWitnesses(List<NoteKey> keys, List<URI> urls) {
        return new LogSettings(keys, urls, pause, askWitnesses, keepEvery, firstRetry, longestRetry);
    }
}
