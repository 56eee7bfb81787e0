package com.peerllm.orchestrator.payouts;

import java.util.List;

/** How orders reach who carries them out, and how results come back: as files, in a form of its own. */
public interface PayoutProvider {

    /** The file for these orders: the same orders, the same file. */
    String file(List<PaymentOrder> orders);

    /**
     * Reads a file of results.
     *
     * @throws IllegalArgumentException with a sentence that names the line, when it is none
     */
    List<PayoutResult> results(String file);
}
