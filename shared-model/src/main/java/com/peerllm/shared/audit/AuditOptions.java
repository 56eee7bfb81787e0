package com.peerllm.shared.audit;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.NoteKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an audit believes and how strict it is.
 *
 * @param key the key that must have signed the log; empty takes the one that the log's payments name, which shows that the log
 *     is of one hand and not whose
 * @param origin the log's name; empty takes the one that the checkpoint names
 * @param witnesses whose cosignatures are checked and counted
 * @param mostBackwards how far a leaf's time may be before the latest before it
 * @param bundlesAhead how many bundles of 256 leaves are read and checked at once; 1 to 1024
 */
public record AuditOptions(
        Optional<PeerKey> key,
        Optional<String> origin,
        List<NoteKey> witnesses,
        SignatureCheck signatures,
        Duration mostBackwards,
        int bundlesAhead) {
    /** Clocks are set back by an hour at most when they are merely mended. */
    public static final Duration MOST_BACKWARDS = Duration.ofHours(1);

    private static final int MOST_AHEAD = 1024;

    public AuditOptions {
        witnesses = List.copyOf(witnesses);
        if (bundlesAhead < 1 || bundlesAhead > MOST_AHEAD) {
            throw new IllegalArgumentException("An audit reads 1 to " + MOST_AHEAD + " bundles ahead");
        }
    }

    /** Everything is checked with the JDK. */
    public static AuditOptions of(Optional<PeerKey> key) {
        return new AuditOptions(key, Optional.empty(), List.of(), SignatureCheck.ofJdk(), MOST_BACKWARDS, 8);
    }
}
