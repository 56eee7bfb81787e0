package com.peerllm.orchestrator.auditor;

import com.peerllm.shared.audit.SignatureCheck;
import com.peerllm.shared.identity.PeerKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Checks Ed25519 signatures with BouncyCastle, which takes a fraction of the JDK's time; a host's key is read once. */
public final class FastSignatures implements SignatureCheck {
    /** About 300 bytes each. */
    private static final int MOST_KEYS = 10_000;

    private final Map<PeerKey, Ed25519.PublicPoint> keys = new ConcurrentHashMap<>();

    @Override
    public boolean holds(PeerKey key, byte[] message, byte[] signature) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) return false;
        Ed25519.PublicPoint point = keys.get(key);
        if (point == null) {
            point = Ed25519.validatePublicKeyFullExport(key.raw(), 0);
            if (point == null) return false;
            if (keys.size() >= MOST_KEYS) keys.clear();
            keys.put(key, point);
        }
        return Ed25519.verify(signature, 0, point, message, 0, message.length);
    }
}
