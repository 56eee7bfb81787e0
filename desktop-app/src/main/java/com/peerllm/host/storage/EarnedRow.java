package com.peerllm.host.storage;

import com.peerllm.shared.money.Credits;
import java.time.LocalDate;

/**
 * What one model earned on one day (UTC), summed over receipts of one status.
 *
 * @param unpaidTokens tokens that this host remembers to have sent and that the receipts do not pay for
 */
public record EarnedRow(
        StoredReceipt.Status status,
        LocalDate day,
        String model,
        long answers,
        long promptTokens,
        long completionTokens,
        long unpaidTokens,
        Credits hostShare) {}
