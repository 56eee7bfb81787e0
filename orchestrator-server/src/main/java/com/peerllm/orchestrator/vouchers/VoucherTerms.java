package com.peerllm.orchestrator.vouchers;

import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.util.Optional;

/**
 * What a voucher gives.
 *
 * @param amount more than zero
 * @param gift whether the credits are a gift, spent on answers before anything else and never withdrawn
 * @param expiresAt until when it can be redeemed
 * @param giftUntil until when what it gave can be spent; for gifts only
 * @param label the administrator's word for it, up to 64 characters; may be empty
 */
public record VoucherTerms(
        Credits amount, boolean gift, Optional<Instant> expiresAt, Optional<Instant> giftUntil, String label) {
    private static final int LONGEST_LABEL = 64;

    public VoucherTerms {
        if (amount.isNegative() || amount.isZero()) {
            throw new IllegalArgumentException("A voucher is worth more than nothing");
        }
        if (giftUntil.isPresent() && !gift) {
            throw new IllegalArgumentException("Only gifts end; credits that were paid for do not");
        }
        if (label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException("A voucher's label has at most " + LONGEST_LABEL + " characters");
        }
    }
}
