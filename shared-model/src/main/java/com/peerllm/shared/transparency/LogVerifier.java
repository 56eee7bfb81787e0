package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.PeerKey;
import java.nio.charset.StandardCharsets;

/** Knows one log by its origin and key, and believes a checkpoint only when this key signed it. */
public record LogVerifier(String origin, PeerKey key) {
    /**
     * Reads and checks a checkpoint as it was served.
     *
     * @throws InvalidLogData when it is not a signed checkpoint of this log
     */
    public Checkpoint open(byte[] note) throws InvalidLogData {
        return open(SignedNote.parse(note));
    }

    /**
     * Signatures by other keys are passed over; every one that claims to be by the log's must hold, and there must be one.
     *
     * @throws InvalidLogData when it is not a signed checkpoint of this log
     */
    public Checkpoint open(SignedNote note) throws InvalidLogData {
        NoteKey log = NoteKey.ofLog(origin, key);
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (NoteSignature signature : note.signatures()) {
            if (!log.made(signature)) continue;
            if (!key.verifies(text, signature.signature())) {
                throw new InvalidLogData("The log's signature does not fit the checkpoint");
            }
            signed = true;
        }
        if (!signed) throw new InvalidLogData("The checkpoint is not signed by the key of " + origin);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(origin)) {
            throw new InvalidLogData("The checkpoint is of another log than " + origin);
        }
        return checkpoint;
    }
}
