package com.peerllm.host.storage;

import com.peerllm.shared.money.Credits;
import java.time.Instant;

/**
 * What one model earned in one hour (UTC), summed over receipts of one status.
 *
 * @param hour its beginning
 * @param unpaidTokens tokens that this host remembers to have sent and that the receipts do not pay for
 */
public record EarnedHour(
        StoredReceipt.Status status,
        Instant hour,
        String model,
        long answers,
        long promptTokens,
        long completionTokens,
        long unpaidTokens,
        Credits hostShare) {}
