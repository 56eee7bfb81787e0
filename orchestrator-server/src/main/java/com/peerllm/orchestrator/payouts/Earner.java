package com.peerllm.orchestrator.payouts;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.Optional;

/**
 * What is known of an account when its payout is decided.
 *
 * @param balance what the ledger owes it
 * @param firstDay of its earnings, days since 1970 UTC; empty when it has none
 * @param recent earned on {@link PayoutRules#firstImmatureDay} or later
 * @param blockedReason why its host is shut out; empty when it is not
 * @param hasPayee whether it is known how to pay it
 */
record Earner(
        AccountId account,
        Credits balance,
        Optional<Long> firstDay,
        Credits recent,
        Optional<String> blockedReason,
        boolean hasPayee) {}
