package com.peerllm.orchestrator.jobs;

import java.util.Arrays;
import java.util.List;

/**
 * The token ids of one answer that the consumer has, kept in memory only and only while the request lives, so that another
 * host can go on with the answer. Token path: an array that grows.
 */
final class DeliveredTokens {
    private int[] ids = new int[64];
    private int count;

    void add(int[] more) {
        if (count + more.length > ids.length) ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more.length));
        System.arraycopy(more, 0, ids, count, more.length);
        count += more.length;
    }

    int count() {
        return count;
    }

    List<Integer> asList() {
        return asList(0, count);
    }

    List<Integer> asList(int from, int to) {
        return Arrays.stream(ids, from, to).boxed().toList();
    }

    /** Forgets those from here on: they said nothing, and the answer goes on without them. */
    void truncate(int to) {
        count = Math.min(count, to);
    }
}
