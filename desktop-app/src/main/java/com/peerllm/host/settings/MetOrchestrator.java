package com.peerllm.host.settings;

import com.peerllm.shared.identity.PeerKey;

/**
 * Who answered at an orchestrator's address when this host first connected there; somebody else at that address later is
 * refused.
 *
 * @param name the name the host signs in its handshake
 * @param key the key that signs receipts
 */
public record MetOrchestrator(String name, PeerKey key, long firstSeenMillis) {

    public boolean isSameAs(String otherName, PeerKey otherKey) {
        return name.equals(otherName) && key.equals(otherKey);
    }
}
