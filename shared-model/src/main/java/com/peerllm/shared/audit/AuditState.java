package com.peerllm.shared.audit;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.transparency.Checkpoint;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.LogVerifier;
import com.peerllm.shared.transparency.SignedNote;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Where an audit stands: the last checkpoint seen, and what the leaves so far add up to. The next audit proves that the log still
 * begins with them, and goes on behind them; it takes the state over. The checkpoint is proof of what the log once said, so keep
 * it. As a file: a line of text, the checkpoint, 24 bytes for each job, entry and named account, and a SHA-256 of it all.
 */
public final class AuditState {
    private static final byte[] HEADER = "peerllm audit state v1\n".getBytes(StandardCharsets.US_ASCII);

    private final SignedNote note;
    private final Checkpoint checkpoint;
    private final PeerKey key;
    private final Replay replay;

    AuditState(SignedNote note, Checkpoint checkpoint, PeerKey key, Replay replay) {
        this.note = note;
        this.checkpoint = checkpoint;
        this.key = key;
        this.replay = replay;
    }

    /** The last checkpoint seen. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The same with its signatures. */
    public SignedNote note() {
        return note;
    }

    public PeerKey key() {
        return key;
    }

    /** How many leaves were audited; fewer than the checkpoint has when the audit was interrupted. */
    public long audited() {
        return replay.leaves();
    }

    Replay replay() {
        return replay;
    }

    public void write(OutputStream target) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        OutputStream buffered = new BufferedOutputStream(target);
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(buffered, sha256));
        out.write(HEADER);
        byte[] signed = note.bytes();
        out.writeInt(signed.length);
        out.write(signed);
        out.writeUTF(checkpoint.origin());
        out.writeUTF(key.toString());
        replay.write(out);
        out.flush();
        buffered.write(sha256.digest());
        buffered.flush();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidLogData when it is anything else
     * @throws IOException when it cannot be read
     */
    public static AuditState read(InputStream source, Duration mostBackwards, RandomGenerator random)
            throws IOException {
        MessageDigest sha256 = Sha256.digest();
        InputStream buffered = new BufferedInputStream(source);
        DataInputStream in = new DataInputStream(new DigestInputStream(buffered, sha256));
        try {
            if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
                throw new InvalidLogData("This is not the state of an audit");
            }
            int length = in.readInt();
            if (length < 0 || length > SignedNote.MAX_BYTES) throw new InvalidLogData("The audit's state is damaged");
            SignedNote note = SignedNote.parse(in.readNBytes(length));
            String origin = in.readUTF();
            PeerKey key = PeerKey.parse(in.readUTF());
            Replay replay = Replay.read(in, mostBackwards, random);
            if (!Arrays.equals(sha256.digest(), buffered.readNBytes(sha256.getDigestLength()))) {
                throw new InvalidLogData("The audit's state is damaged");
            }
            return new AuditState(note, new LogVerifier(origin, key).open(note), key, replay);
        } catch (EOFException | RuntimeException e) {
            throw new InvalidLogData("The audit's state is damaged", e);
        }
    }
}
