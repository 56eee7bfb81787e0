package com.peerllm.orchestrator.vouchers;

import com.peerllm.shared.identity.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * A voucher without its code, and what became of it.
 *
 * @param redeemedBy the account that its credits went to
 */
public record Voucher(
        String id,
        VoucherTerms terms,
        Instant madeAt,
        Optional<Instant> revokedAt,
        Optional<AccountId> redeemedBy,
        Optional<Instant> redeemedAt) {}
