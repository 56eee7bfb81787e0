package com.peerllm.orchestrator.ledger;

import java.util.List;

/** What the book made of a chain of transfers. */
sealed interface Answer {

    /** All of it happened. */
    record Applied(List<Entry> entries) implements Answer {}

    /** All of it had happened before, so nothing was done. */
    record Repeated() implements Answer {}

    /** Nothing of it happened. */
    record Refused(Why why, TransferId transfer, String sentence) implements Answer {}

    /** The kinds of refusal. */
    enum Why {
        UNKNOWN_ACCOUNT,
        INSUFFICIENT_FUNDS,
        /** The hold to be released is not open. */
        NO_SUCH_HOLD,
        /** The id was used before, for something else or together with other transfers. */
        ID_USED,
        /** A total would not fit in 64 bits. */
        OUT_OF_RANGE
    }
}
