package com.peerllm.shared.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a peer's Ed25519 key (RFC 8032), as the 32 raw bytes that the wire and the receipts carry.
 *
 * <p>Text form: unpadded base64url, 43 characters.
 */
public final class PeerKey {
    /** Length of a raw Ed25519 public key. */
    public static final int BYTES = 32;

    /** What stands before the raw key in an X.509 SubjectPublicKeyInfo of Ed25519 (RFC 8410, section 4). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] raw;
    private final PublicKey key;

    private PeerKey(byte[] raw, PublicKey key) {
        this.raw = raw;
        this.key = key;
    }

    /** @throws InvalidKey when the bytes are not an Ed25519 public key */
    public static PeerKey ofRaw(byte[] raw) {
        if (raw.length != BYTES) throw new InvalidKey("An Ed25519 public key has 32 bytes, this one has " + raw.length);
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, BYTES);
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            return new PeerKey(raw.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new InvalidKey("These 32 bytes are not an Ed25519 public key", e);
        }
    }

    static PeerKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return ofRaw(Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length));
    }

    @JsonCreator
    public static PeerKey parse(String text) {
        try {
            return ofRaw(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidKey("A public key is 43 characters of base64url", e);
        }
    }

    /** True when {@code signature} is this peer's signature over {@code message}; a malformed signature is false. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public byte[] raw() {
        return raw.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @JsonValue
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }
}
