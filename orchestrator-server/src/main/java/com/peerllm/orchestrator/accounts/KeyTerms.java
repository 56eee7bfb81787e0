package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.SpendLimit;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a key may do and spend, and how fast.
 *
 * @param scopes at least one
 * @param requestsPerMinute the orchestrator's own default when empty
 * @param tokensPerMinute prompt and completion together; the orchestrator's own default when empty
 * @param expiresAt from then on the key opens nothing
 */
public record KeyTerms(
        Set<Scope> scopes,
        Optional<SpendLimit> spendLimit,
        OptionalInt requestsPerMinute,
        OptionalInt tokensPerMinute,
        Optional<Instant> expiresAt) {
    /** Everything but administration, without limits. */
    public static final KeyTerms STANDARD = new KeyTerms(
            Scope.OF_A_CONSUMER, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    public KeyTerms {
        if (scopes.isEmpty()) throw new IllegalArgumentException("A key has at least one scope");
        scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
        requestsPerMinute.ifPresent(RateLimit::requireSensible);
        tokensPerMinute.ifPresent(RateLimit::requireSensible);
    }
}
