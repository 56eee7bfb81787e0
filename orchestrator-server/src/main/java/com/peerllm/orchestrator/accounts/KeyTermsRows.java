package com.peerllm.orchestrator.accounts;

import com.peerllm.orchestrator.ledger.SpendLimit;
import com.peerllm.orchestrator.storage.ApiKeyStore.KeyTermsRow;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The terms of a key as the database has them, and back. */
final class KeyTermsRows {
    private KeyTermsRows() {}

    static KeyTermsRow of(KeyTerms terms) {
        Optional<SpendLimit> limit = terms.spendLimit();
        return new KeyTermsRow(
                terms.scopes().stream().map(Scope::word).toList(),
                limit.isPresent() ? OptionalLong.of(limit.get().most().nanoDollars()) : OptionalLong.empty(),
                limit.map(each -> each.period().word()),
                terms.requestsPerMinute(),
                terms.tokensPerMinute(),
                terms.expiresAt().isPresent()
                        ? OptionalLong.of(terms.expiresAt().get().toEpochMilli())
                        : OptionalLong.empty());
    }

    static KeyTerms terms(KeyTermsRow row) {
        Optional<SpendLimit> limit = row.spendLimit().isPresent()
                ? Optional.of(new SpendLimit(
                        new Credits(row.spendLimit().getAsLong()),
                        SpendLimit.Period.of(row.spendPeriod().orElseThrow())))
                : Optional.empty();
        return new KeyTerms(
                row.scopes().stream().map(Scope::of).collect(Collectors.toSet()),
                limit,
                row.requestsPerMinute(),
                row.tokensPerMinute(),
                row.expiresAtMillis().isPresent()
                        ? Optional.of(Instant.ofEpochMilli(row.expiresAtMillis().getAsLong()))
                        : Optional.empty());
    }
}
