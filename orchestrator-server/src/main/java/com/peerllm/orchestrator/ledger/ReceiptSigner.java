package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs with the orchestrator's Ed25519 key by BouncyCastle, which is several times faster than the JDK at it and makes the
 * same bytes, because Ed25519 signatures are deterministic: docs/decisions/0029-bouncycastle-signs.md. Safe for many
 * threads.
 */
final class ReceiptSigner {
    private final Ed25519PrivateKeyParameters key;

    ReceiptSigner(PeerIdentity identity) {
        byte[] pkcs8 = Base64.getUrlDecoder().decode(identity.secretText().split(" ")[1]);
        try {
            key = (Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(pkcs8);
        } catch (IOException e) {
            throw new IllegalStateException("A key that was read once cannot be read again", e);
        }
        // Computes the public half, which every signature needs, once and before there are threads.
        key.generatePublicKey();
    }

    byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }
}
