package com.peerllm.shared.audit;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.Cosignature;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogLeaf;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.Tiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A log's newest checkpoint whose signature holds, and the cosignatures under it. */
record OpenedLog(SignedNote note, Checkpoint checkpoint, PeerKey key, List<Cosignature> cosignatures) {
    private static final String FILE = "checkpoint";

    /** How far a payment is looked for that names the log's key: a quarter of a million leaves. */
    private static final int MOST_BUNDLES = 1024;

    static OpenedLog read(LogFiles files, AuditOptions options, Optional<AuditState> before)
            throws IOException, BadLog, UnknownKey {
        byte[] bytes = files.checkpoint();
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint claimed = Checkpoint.parse(note.text());
            String origin = options.origin()
                    .or(() -> before.map(state -> state.checkpoint().origin()))
                    .orElse(claimed.origin());
            Optional<PeerKey> expected = options.key().or(() -> before.map(AuditState::key));
            PeerKey key = expected.isPresent() ? expected.get() : namedKey(files, note, claimed);
            Checkpoint checkpoint = new LogVerifier(origin, key).open(note);
            return new OpenedLog(note, checkpoint, key, Cosignature.of(note, options.witnesses()));
        } catch (InvalidLogData e) {
            throw new BadLog(Fault.ofFile(FILE, e.getMessage() + "."));
        }
    }

    /** The key that a payment in the log names, if the checkpoint is signed by it. */
    private static PeerKey namedKey(LogFiles files, SignedNote note, Checkpoint claimed)
            throws IOException, UnknownKey {
        long bundles = Math.min(MOST_BUNDLES, (claimed.size() + Tile.WIDTH - 1) / Tile.WIDTH);
        for (long index = 0; index < bundles; index++) {
            Tile bundle = Tiles.holding(Tile.ENTRIES, index * Tile.WIDTH, claimed.size());
            try {
                BundleReader reader = new BundleReader(bundle, TrustedTiles.bytesOf(files, bundle));
                for (int i = 0; i < bundle.width(); i++) {
                    Optional<PeerKey> key = key(reader.next());
                    if (key.isPresent() && signed(note, claimed.origin(), key.get())) return key.get();
                }
            } catch (BadLog e) {
                throw new UnknownKey();
            }
        }
        throw new UnknownKey();
    }

    private static Optional<PeerKey> key(byte[] entry) {
        try {
            return LogLeaf.parse(entry) instanceof LogLeaf.Payment payment
                    ? Optional.of(payment.orchestratorKey())
                    : Optional.empty();
        } catch (InvalidLogData e) {
            return Optional.empty();
        }
    }

    private static boolean signed(SignedNote note, String origin, PeerKey key) {
        try {
            new LogVerifier(origin, key).open(note);
            return true;
        } catch (InvalidLogData e) {
            return false;
        }
    }
}
