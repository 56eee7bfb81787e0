package com.peerllm.orchestrator.vouchers;

/** What became of a code that someone typed. */
public sealed interface Redemption {
    /** Its credits are the account's, and no crash can undo it. The same account gets this answer each time. */
    record Redeemed(Voucher voucher) implements Redemption {}

    record Refused(Why why) implements Redemption {}

    /** Why a code gives nothing. */
    enum Why {
        /** No voucher has this code. */
        UNKNOWN,
        /** Another account has redeemed it. */
        ALREADY_REDEEMED,
        /** Its time is over. */
        EXPIRED,
        /** An administrator took it back. */
        REVOKED
    }
}
