package com.peerllm.orchestrator.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.peerllm.orchestrator.ledger.SpendLimit;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is to be different about a key; what is empty stays as it is.
 *
 * @param without what the key is to have no longer; stronger than a value beside it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record KeyChange(
        Optional<String> label,
        Optional<Set<Scope>> scopes,
        Optional<SpendLimit> spendLimit,
        OptionalInt requestsPerMinute,
        OptionalInt tokensPerMinute,
        Optional<Instant> expiresAt,
        Set<Removable> without) {

    public KeyChange {
        requestsPerMinute.ifPresent(RateLimit::requireSensible);
        tokensPerMinute.ifPresent(RateLimit::requireSensible);
    }

    /** What a key need not have. */
    public enum Removable {
        SPEND_LIMIT,
        REQUESTS_PER_MINUTE,
        TOKENS_PER_MINUTE,
        EXPIRY
    }

    KeyTerms applyTo(KeyTerms before) {
        return new KeyTerms(
                scopes.orElse(before.scopes()),
                without.contains(Removable.SPEND_LIMIT) ? Optional.empty() : spendLimit.or(before::spendLimit),
                without.contains(Removable.REQUESTS_PER_MINUTE)
                        ? OptionalInt.empty()
                        : either(requestsPerMinute, before.requestsPerMinute()),
                without.contains(Removable.TOKENS_PER_MINUTE)
                        ? OptionalInt.empty()
                        : either(tokensPerMinute, before.tokensPerMinute()),
                without.contains(Removable.EXPIRY) ? Optional.empty() : expiresAt.or(before::expiresAt));
    }

    private static OptionalInt either(OptionalInt one, OptionalInt other) {
        return one.isPresent() ? one : other;
    }
}
