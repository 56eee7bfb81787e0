package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.PeerIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a log says of itself at one moment (C2SP tlog-checkpoint): three lines, signed as a note. It has no extension lines; one
 * that has them is refused.
 *
 * @param origin which log: {@code peerllm.log/NAME}
 * @param size number of leaves
 * @param root root of the tree over them
 */
public record Checkpoint(String origin, long size, TreeHash root) {
    private static final int LINES = 3;

    public Checkpoint {
        if (!NoteKey.isName(origin)) {
            throw new IllegalArgumentException("An origin has 1 to 256 characters, no space and no plus");
        }
        if (size < 0) throw new IllegalArgumentException("A log has 0 or more leaves");
        if (size == 0 && !root.equals(TreeHasher.EMPTY_ROOT)) {
            throw new IllegalArgumentException("The root of a log without leaves is the hash of nothing");
        }
    }

    /** The note's text: what is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /** Reads what {@link #text()} writes, and nothing else. */
    public static Checkpoint parse(String text) throws InvalidLogData {
        String[] lines = text.split("\n", -1);
        if (lines.length != LINES + 1 || !lines[LINES].isEmpty()) {
            throw new InvalidLogData("A checkpoint is three lines: origin, size, root");
        }
        long size = StrictText.number(lines[1], "The checkpoint's size");
        TreeHash root = TreeHash.parseBase64(lines[2]);
        try {
            return new Checkpoint(lines[0], size, root);
        } catch (IllegalArgumentException e) {
            throw new InvalidLogData(e.getMessage(), e);
        }
    }

    /** Signs it as the log; the key's name is the origin. */
    public SignedNote sign(PeerIdentity log) {
        String text = text();
        NoteKey key = NoteKey.ofLog(origin, log.publicKey());
        byte[] signature = log.sign(text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote(text, List.of(new NoteSignature(origin, key.id(), signature)));
    }
}
