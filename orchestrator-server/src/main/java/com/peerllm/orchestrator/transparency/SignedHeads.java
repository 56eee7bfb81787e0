package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.storage.CheckpointStore;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.NoteKey;
import com.peerllm.shared.transparency.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was signed before: the checkpoint file, and the copy in the database for when the file is lost or damaged. */
final class SignedHeads {
    private static final Logger LOG = LoggerFactory.getLogger(SignedHeads.class);

    private final LogFolder folder;
    private final CheckpointStore kept;
    private final String origin;
    private final LogVerifier own;
    private final NoteKey logKey;

    SignedHeads(LogFolder folder, CheckpointStore kept, String origin, PeerIdentity identity) {
        this.folder = folder;
        this.kept = kept;
        this.origin = origin;
        this.own = new LogVerifier(origin, identity.publicKey());
        this.logKey = NoteKey.ofLog(origin, identity.publicKey());
    }

    /**
     * All that is known to be signed, the largest first.
     *
     * @throws LogContradiction when they are of another log
     */
    List<Published> read() throws IOException, LogContradiction {
        Optional<Published> remembered = remembered();
        Optional<Published> file = file(remembered.isPresent());
        return Stream.concat(file.stream(), remembered.stream())
                .sorted(Comparator.comparingLong(Published::size).reversed())
                .toList();
    }

    /** @param known whether it is certain that this log was signed with this name and key before */
    private Optional<Published> file(boolean known) throws IOException, LogContradiction {
        Optional<byte[]> bytes = folder.note(LogFolder.CHECKPOINT);
        if (bytes.isEmpty()) return Optional.empty();
        try {
            return Optional.of(open(SignedNote.parse(bytes.get())));
        } catch (InvalidLogData e) {
            if (!known) refuseOtherLog(bytes.get());
            LOG.warn(
                    "The file log/{} is damaged: {}. It is set aside as {}.damaged and made again",
                    LogFolder.CHECKPOINT,
                    e.getMessage(),
                    LogFolder.CHECKPOINT);
            folder.setAside(LogFolder.CHECKPOINT);
            return Optional.empty();
        }
    }

    private Optional<Published> remembered() throws LogContradiction {
        Optional<String> note = kept.last();
        if (note.isEmpty()) return Optional.empty();
        byte[] bytes = note.get().getBytes(StandardCharsets.UTF_8);
        try {
            return Optional.of(open(SignedNote.parse(bytes)));
        } catch (InvalidLogData e) {
            refuseOtherLog(bytes);
            throw new LogContradiction("The checkpoint that the database remembers is damaged: " + e.getMessage()
                    + ". Restore the data folder from a backup.");
        }
    }

    Published open(SignedNote note) throws InvalidLogData {
        return new Published(own.open(note), note);
    }

    /** A whole checkpoint of another name or key is no damage: this orchestrator was told to be somebody else. */
    private void refuseOtherLog(byte[] bytes) throws LogContradiction {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint other = Checkpoint.parse(note.text());
            boolean otherKey = note.signatures().stream().noneMatch(each -> each.keyId() == logKey.id());
            if (other.origin().equals(origin) && !otherKey) return;
            throw new LogContradiction("The last checkpoint was signed for the log " + other.origin() + " with "
                    + (other.origin().equals(origin) ? "another key" : "that name's key")
                    + ", and this orchestrator is " + origin
                    + ". Start it with the name and key from before, or with a new data folder.");
        } catch (InvalidLogData e) {
            // Not a whole checkpoint; it is damaged.
        }
    }
}
