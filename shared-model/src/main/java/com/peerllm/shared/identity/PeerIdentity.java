package com.peerllm.shared.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A peer's Ed25519 key pair: who a host or an orchestrator is, and how it signs.
 *
 * <p>Whoever has the {@link #secretText()} is this peer. It belongs in a file that only its owner can read.
 */
public final class PeerIdentity {
    private static final String MARK = "peerllm-ed25519";

    private final PrivateKey secret;
    private final PeerKey publicKey;

    private PeerIdentity(PrivateKey secret, PeerKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    public static PeerIdentity generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new PeerIdentity(pair.getPrivate(), PeerKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no Ed25519", e);
        }
    }

    /**
     * Reads what {@link #secretText()} wrote.
     *
     * @throws InvalidKey when the text is not a key pair, or its halves do not belong together
     */
    public static PeerIdentity parse(String secretText) {
        String[] parts = secretText.strip().split(" ");
        if (parts.length != 3 || !parts[0].equals(MARK)) {
            throw new InvalidKey("A key file is one line: " + MARK + " SECRET PUBLIC");
        }
        try {
            byte[] pkcs8 = Base64.getUrlDecoder().decode(parts[1]);
            PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            PeerIdentity identity = new PeerIdentity(secret, PeerKey.parse(parts[2]));
            byte[] probe = {1};
            if (!identity.publicKey.verifies(probe, identity.sign(probe))) {
                throw new InvalidKey("The two halves of this key do not belong together");
            }
            return identity;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw e instanceof InvalidKey invalid ? invalid : new InvalidKey("The key file is damaged", e);
        }
    }

    /** The whole key pair as one line of text; secret. */
    public String secretText() {
        return MARK + " " + Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getEncoded()) + " "
                + publicKey;
    }

    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }

    public PeerKey publicKey() {
        return publicKey;
    }

    public HostId hostId() {
        return HostId.of(publicKey);
    }

    /** Names the peer by its public half only. */
    @Override
    public String toString() {
        return "PeerIdentity[" + publicKey + "]";
    }
}
