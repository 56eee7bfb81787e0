package com.peerllm.orchestrator.payouts;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayeeDetails;

/**
 * One payment that a provider is to make.
 *
 * @param payoutId the same for the same payment, for ever
 * @param amount whole cents
 */
public record PaymentOrder(long batch, String payoutId, AccountId account, PayeeDetails payee, Credits amount) {}
