package com.peerllm.shared.transparency;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One signature line of a note: {@code — NAME BASE64}, where the base64 is of the key's id (four bytes) and the signature.
 *
 * @param keyId see {@link NoteKey#id()}
 * @param signature what the key's type makes; at least one byte
 */
public record NoteSignature(String name, int keyId, byte[] signature) {
    /** An em dash and a space. */
    private static final String MARK = "\u2014 ";

    public NoteSignature {
        if (!NoteKey.isName(name)) throw new IllegalArgumentException("Not a key's name");
        if (signature.length == 0) throw new IllegalArgumentException("A signature is not empty");
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** The line without the line feed at its end. */
    public String line() {
        byte[] all = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return MARK + name + " " + StrictText.base64(all);
    }

    /** Reads what {@link #line()} writes. */
    public static NoteSignature parse(String line) throws InvalidLogData {
        String[] parts = line.startsWith(MARK) ? line.substring(MARK.length()).split(" ", -1) : new String[0];
        if (parts.length != 2 || !NoteKey.isName(parts[0])) {
            throw new InvalidLogData(
                    "A signature line is an em dash, a key's name and base64, with one space between them");
        }
        byte[] all = StrictText.base64(parts[1], "A signature");
        if (all.length <= Integer.BYTES) throw new InvalidLogData("A signature is too short");
        return new NoteSignature(
                parts[0], ByteBuffer.wrap(all).getInt(), Arrays.copyOfRange(all, Integer.BYTES, all.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(signature) + keyId;
    }

    @Override
    public String toString() {
        return line();
    }
}
