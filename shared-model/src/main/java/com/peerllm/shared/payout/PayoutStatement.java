package com.peerllm.shared.payout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import java.util.List;
import java.util.Optional;

/**
 * What an orchestrator owes a host and has paid it, all from its ledger and nothing estimated. Earned = pending + mature + in
 * transit + paid.
 *
 * @param pending earned, and too young to be paid out
 * @param mature earned, and waiting for the next payout
 * @param inTransit approved, and not yet said to be paid
 * @param threshold the least that is paid out
 * @param payeeMethod how the host is paid; empty when it has not said
 * @param blockedReason why nothing is paid out; empty when the host is not blocked
 * @param maturing when pending amounts become mature, the next first
 * @param payouts the newest first, 100 at most
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PayoutStatement(
        String orchestrator,
        HostId host,
        long computedAtMillis,
        String currency,
        Credits earned,
        Credits pending,
        Credits mature,
        Credits inTransit,
        Credits paid,
        Credits threshold,
        Optional<String> payeeMethod,
        Optional<String> blockedReason,
        Next next,
        List<Maturing> maturing,
        List<Payout> payouts) {

    /** What has to happen before money moves. */
    public enum Next {
        /** The host is blocked; its owner talks to the operator. */
        @JsonProperty("blocked")
        BLOCKED,
        /** The host has not said how it is paid. */
        @JsonProperty("set_payee")
        SET_PAYEE,
        /** Enough is mature: it is in the next batch. */
        @JsonProperty("next_batch")
        NEXT_BATCH,
        /** Enough is earned, and not yet mature. */
        @JsonProperty("wait")
        WAIT,
        /** Less than the threshold is earned. */
        @JsonProperty("earn_more")
        EARN_MORE
    }

    /** What becomes mature at one time. */
    public record Maturing(long atMillis, Credits amount) {}

    /**
     * One payout.
     *
     * @param id as the provider's file has it
     * @param note the provider's reference, or why the money came back
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Payout(String id, Credits amount, State state, Optional<String> note, long atMillis) {}

    /** Where a payout's money is. */
    public enum State {
        @JsonProperty("in_transit")
        IN_TRANSIT,
        @JsonProperty("paid")
        PAID,
        /** It did not arrive, and is the host's again. */
        @JsonProperty("returned")
        RETURNED
    }
}
