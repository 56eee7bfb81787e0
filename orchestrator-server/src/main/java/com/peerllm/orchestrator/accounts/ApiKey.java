package com.peerllm.orchestrator.accounts;

import com.peerllm.shared.identity.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * What may be shown of an API key.
 *
 * @param id the 12 characters after {@code pllm_}
 * @param label the owner's word for it; may be empty
 */
public record ApiKey(String id, AccountId account, String label, Instant createdAt, Optional<Instant> revokedAt) {}
