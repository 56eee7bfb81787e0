package com.peerllm.desktop.earnings;

/**
 * One receipt, ready to be read.
 *
 * @param number its place in the list, the newest is 0
 * @param tokens in and out
 */
public record ReceiptRow(
        int number, String when, String model, String tokens, String earned, State state, String status) {

    /** Whether it counts. */
    public enum State {
        VERIFIED,
        DISPUTED
    }
}
