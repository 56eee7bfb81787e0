package com.peerllm.desktop.earnings;

import java.util.List;
import java.util.Optional;

/**
 * What the network owes this host and has paid it, ready to be read. All figures are the network's ledger's, none is
 * estimated.
 *
 * @param sums empty while nothing was ever told, which is no zero
 * @param next what comes next, or what to do
 * @param progress towards the threshold, 0 to 1; empty when it says nothing
 * @param asOf how old the figures are
 * @param trouble why they are not newer
 * @param payee how this host is paid, or that the network does not know
 * @param canSetPayee whether there is a network to tell it
 * @param asking whether a question is on its way
 */
public record PayoutWords(
        Optional<Sums> sums,
        String next,
        Optional<Double> progress,
        Optional<String> asOf,
        Optional<String> trouble,
        String payee,
        boolean canSetPayee,
        boolean asking,
        List<Paid> payouts) {

    /** In dollars. */
    public record Sums(String pending, String mature, String inTransit, String paid) {}

    /** One payout. */
    public record Paid(String when, String amount, String state) {}
}
