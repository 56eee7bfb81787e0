package com.peerllm.shared.transparency;

import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 hash of a leaf or of a node of the log's tree: 32 bytes. Text forms: base64 (44 characters) and hex (64). */
public final class TreeHash {
    public static final int BYTES = 32;

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException when these are not 32 bytes */
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != BYTES) throw new IllegalArgumentException("A tree hash has 32 bytes, not " + bytes.length);
        return new TreeHash(bytes.clone());
    }

    /** The 32 bytes that begin at {@code offset}. */
    public static TreeHash at(byte[] source, int offset) {
        if (source.length - offset < BYTES) throw new IllegalArgumentException("There are no 32 bytes at " + offset);
        return new TreeHash(Arrays.copyOfRange(source, offset, offset + BYTES));
    }

    /** Takes the array over; for a digest that nobody else has. */
    static TreeHash owning(byte[] digest) {
        return new TreeHash(digest);
    }

    /** @throws InvalidLogData unless it is exactly what {@link #base64()} writes */
    public static TreeHash parseBase64(String text) throws InvalidLogData {
        byte[] bytes = StrictText.base64(text, "A tree hash");
        if (bytes.length != BYTES) throw new InvalidLogData("A tree hash has 32 bytes, not " + bytes.length);
        return new TreeHash(bytes);
    }

    /** @throws InvalidLogData unless it is exactly what {@link #hex()} writes */
    public static TreeHash parseHex(String text) throws InvalidLogData {
        if (!StrictText.isHex(text, BYTES)) throw new InvalidLogData("A tree hash is 64 lower-case hex digits");
        return new TreeHash(HexFormat.of().parseHex(text));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the 32 bytes to {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    /** The bytes themselves, only to be read. */
    byte[] shared() {
        return bytes;
    }

    public String base64() {
        return StrictText.base64(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
