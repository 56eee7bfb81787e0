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
public record ApiKey(
        String id, AccountId account, String label, KeyTerms terms, Instant createdAt, Optional<Instant> revokedAt) {

    /** Who asks with this key. */
    public Caller caller() {
        return new Caller(account, id, terms.spendLimit());
    }

    public boolean may(Scope scope) {
        return terms.scopes().contains(scope);
    }

    boolean isExpired(Instant now) {
        return terms.expiresAt().isPresent() && !now.isBefore(terms.expiresAt().get());
    }

    ApiKey revoked(Instant at) {
        return new ApiKey(id, account, label, terms, createdAt, Optional.of(at));
    }

    ApiKey with(String otherLabel, KeyTerms otherTerms) {
        return new ApiKey(id, account, otherLabel, otherTerms, createdAt, revokedAt);
    }
}
