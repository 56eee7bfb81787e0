package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.PeerIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A witness's word that at a time a checkpoint was the largest it had seen of this log, and that the log had only grown until
 * then (C2SP tlog-cosignature, {@code cosignature/v1}, Ed25519). Checked: there is none that does not hold.
 *
 * @param posixSeconds when, seconds since 1970 UTC, by the witness's clock; more than 0
 */
public record Cosignature(NoteKey witness, long posixSeconds) {
    private static final int ED25519_SIGNATURE_BYTES = 64;

    /** Makes the signature line of a witness under a checkpoint. The witness must have checked consistency before. */
    public static NoteSignature sign(
            String witnessName, PeerIdentity witness, Checkpoint checkpoint, long posixSeconds) {
        if (posixSeconds <= 0) throw new IllegalArgumentException("A cosignature has a time");
        byte[] signature = witness.sign(message(checkpoint.text(), posixSeconds));
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(posixSeconds)
                .put(signature)
                .array();
        return new NoteSignature(
                witnessName, NoteKey.ofWitness(witnessName, witness.publicKey()).id(), timed);
    }

    /** @throws InvalidLogData when this line is not a signature of this witness over this checkpoint */
    public static Cosignature verify(NoteKey witness, String checkpointText, NoteSignature line) throws InvalidLogData {
        if (witness.type() != NoteKey.Type.COSIGNATURE) {
            throw new InvalidLogData("The key of " + witness.name() + " is not a witness's");
        }
        if (!witness.made(line)) throw new InvalidLogData("The signature is not by the key of " + witness.name());
        byte[] timed = line.signature();
        if (timed.length != Long.BYTES + ED25519_SIGNATURE_BYTES) {
            throw new InvalidLogData("The cosignature of " + witness.name() + " has the wrong length");
        }
        long posixSeconds = ByteBuffer.wrap(timed).getLong();
        if (posixSeconds <= 0) throw new InvalidLogData("The cosignature of " + witness.name() + " has no time");
        byte[] signature = Arrays.copyOfRange(timed, Long.BYTES, timed.length);
        if (!witness.key().verifies(message(checkpointText, posixSeconds), signature)) {
            throw new InvalidLogData("The cosignature of " + witness.name() + " does not fit the checkpoint");
        }
        return new Cosignature(witness, posixSeconds);
    }

    /**
     * The cosignatures of these witnesses under a note, one for each; signatures by others are passed over.
     *
     * @throws InvalidLogData when one claims to be by one of these keys and is not
     */
    public static List<Cosignature> of(SignedNote note, Collection<NoteKey> witnesses) throws InvalidLogData {
        List<Cosignature> found = new ArrayList<>();
        for (NoteSignature line : note.signatures()) {
            for (NoteKey witness : witnesses) {
                if (!witness.made(line)) continue;
                Cosignature cosignature = verify(witness, note.text(), line);
                if (found.stream().noneMatch(other -> other.witness().equals(witness))) found.add(cosignature);
            }
        }
        return found;
    }

    private static byte[] message(String checkpointText, long posixSeconds) {
        return ("cosignature/v1\ntime " + posixSeconds + "\n" + checkpointText).getBytes(StandardCharsets.UTF_8);
    }
}
