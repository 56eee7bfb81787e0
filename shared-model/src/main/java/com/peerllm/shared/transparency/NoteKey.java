package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.identity.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key that signs notes, under a name (C2SP signed-note): the log's own, or a witness's. Text form ("vkey"): {@code
 * NAME+HASH+KEY}, HASH being {@link #id()} in hex and KEY the base64 of the type's byte and the 32 bytes of the key.
 *
 * @param name not empty, without spaces, plus and control characters
 */
public record NoteKey(String name, Type type, PeerKey key) {
    /** How a key signs. */
    public enum Type {
        /** Ed25519 over the note's text; the log's own signature. */
        ED25519(0x01),
        /** Ed25519 over the time and the checkpoint (C2SP tlog-cosignature, {@code cosignature/v1}); a witness's. */
        COSIGNATURE(0x04);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }
    }

    private static final int MAX_NAME_CHARACTERS = 256;

    public NoteKey {
        if (!isName(name))
            throw new IllegalArgumentException("A key's name has 1 to 256 characters, no space and no plus");
    }

    /** The key that signs the checkpoints of the log with this origin. */
    public static NoteKey ofLog(String origin, PeerKey key) {
        return new NoteKey(origin, Type.ED25519, key);
    }

    public static NoteKey ofWitness(String name, PeerKey key) {
        return new NoteKey(name, Type.COSIGNATURE, key);
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME_CHARACTERS
                && name.codePoints().noneMatch(c -> c == '+' || isSpace(c) || Character.isISOControl(c));
    }

    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    /** The first four bytes of SHA-256(name, line feed, type, key); tells keys apart, proves nothing. */
    public int id() {
        byte[] start = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] typed = typedKey();
        byte[] all = Arrays.copyOf(start, start.length + typed.length);
        System.arraycopy(typed, 0, all, start.length, typed.length);
        return ByteBuffer.wrap(Sha256.of(all)).getInt();
    }

    /** Whether this name and id are this key's. */
    boolean made(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    private byte[] typedKey() {
        return ByteBuffer.allocate(1 + PeerKey.BYTES)
                .put(type.code)
                .put(key.raw())
                .array();
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws InvalidLogData when it is not a key of a type known here, or its hash does not fit
     */
    public static NoteKey parse(String vkey) throws InvalidLogData {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) throw new InvalidLogData("A key is NAME+HASH+KEY");
        byte[] typed = StrictText.base64(parts[2], "The key");
        if (typed.length != 1 + PeerKey.BYTES)
            throw new InvalidLogData("The key has not the 33 bytes of an Ed25519 key");
        NoteKey key = new NoteKey(parts[0], typeOf(typed[0]), peerKey(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!parts[1].equals(key.idHex())) throw new InvalidLogData("The key's hash does not fit its name and content");
        return key;
    }

    private static Type typeOf(byte code) throws InvalidLogData {
        for (Type type : Type.values()) if (type.code == code) return type;
        throw new InvalidLogData(
                "The key is of type " + Byte.toUnsignedInt(code) + "; known are 1 (Ed25519) and 4 (cosignature)");
    }

    private static PeerKey peerKey(byte[] raw) throws InvalidLogData {
        try {
            return PeerKey.ofRaw(raw);
        } catch (InvalidKey e) {
            throw new InvalidLogData("The key is not an Ed25519 key", e);
        }
    }

    private String idHex() {
        return HexFormat.of().toHexDigits(id());
    }

    @Override
    public String toString() {
        return name + "+" + idHex() + "+" + StrictText.base64(typedKey());
    }
}
