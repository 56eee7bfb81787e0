package com.peerllm.shared.audit;

import com.peerllm.shared.identity.PeerKey;

/** How Ed25519 signatures of hosts are checked: with the JDK, with a faster library, or not at all. Called by several threads. */
@FunctionalInterface
public interface SignatureCheck {
    boolean holds(PeerKey key, byte[] message, byte[] signature);

    /** With the JDK. */
    static SignatureCheck ofJdk() {
        return PeerKey::verifies;
    }

    /** Believes every signature: finds what does not add up, not who did not sign. */
    SignatureCheck NONE = (key, message, signature) -> true;
}
