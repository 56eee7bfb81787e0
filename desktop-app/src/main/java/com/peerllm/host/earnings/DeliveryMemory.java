package com.peerllm.host.earnings;

import com.peerllm.host.session.DeliveryTrace;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.ledger.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What this host delivered and has no receipt for yet; in memory only, and the oldest goes when there is too much.
 *
 * <p>One host may deliver several parts of one job, each with a receipt of its own.
 */
final class DeliveryMemory {
    private final int mostBytes;
    private final SequencedMap<JobId, List<DeliveryTrace>> traces = new LinkedHashMap<>();
    private long bytes;

    DeliveryMemory(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void add(DeliveryTrace trace) {
        traces.computeIfAbsent(trace.job(), job -> new ArrayList<>()).add(trace);
        bytes += trace.bytes();
        while (bytes > mostBytes) forget(traces.firstEntry().getKey());
    }

    synchronized boolean knows(JobId job) {
        return traces.containsKey(job);
    }

    /** Takes out the delivery that a receipt pays for, in whole or in its first part. */
    synchronized Optional<DeliveryTrace> takePaidBy(Receipt receipt) {
        List<DeliveryTrace> parts = traces.getOrDefault(receipt.job(), List.of());
        List<DeliveryTrace> paid = parts.stream()
                .filter(part -> part.model().equals(receipt.modelDigest()))
                .filter(part -> part.contains(receipt.completionTokens(), receipt.deliveryHash()))
                .toList();
        // Two answers to one question may be the same, and may have been asked at different prices.
        Optional<DeliveryTrace> found = paid.stream()
                .filter(part -> part.agreesWith(receipt.price()))
                .findFirst()
                .or(() -> paid.stream().findFirst());
        found.ifPresent(part -> {
            parts.remove(part);
            bytes -= part.bytes();
            if (parts.isEmpty()) traces.remove(receipt.job());
        });
        return found;
    }

    private void forget(JobId job) {
        for (DeliveryTrace part : traces.remove(job)) bytes -= part.bytes();
    }
}
