package com.peerllm.orchestrator.accounts;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A host that has been here.
 *
 * @param blockedReason present while it is shut out
 */
public record KnownHost(HostId id, PeerKey key, Instant firstSeenAt, Optional<String> blockedReason) {
    public AccountId account() {
        return AccountId.ofHost(id);
    }
}
