package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.admission.DrainRate;
import com.peerllm.orchestrator.admission.FairQueue;
import com.peerllm.orchestrator.routing.RouteRequest;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelManifest;
import java.util.HashMap;
import java.util.Map;

/** What waits for the hosts of one model. Lives on the event loop. */
final class WaitingLine {
    private static final long KEPT_EMPTY_MILLIS = 60_000;

    final ModelManifest model;
    final FairQueue<AccountId, Place> queue;
    final DrainRate rate;
    /** A host has room and nobody was asked yet whether it is for them: who comes now must not be faster. */
    boolean woken;
    /** Somebody entered of whom the router does not know yet whether time helps. */
    boolean unasked;

    private long usedMillis;

    WaitingLine(ModelManifest model, long ageing, long nowMillis) {
        this.model = model;
        this.queue = new FairQueue<>(ageing);
        this.rate = new DrainRate(nowMillis);
        this.usedMillis = nowMillis;
    }

    void used(long nowMillis) {
        usedMillis = nowMillis;
    }

    /** Kept for a while when empty: it knows how fast it moves. */
    boolean isForgotten(long nowMillis) {
        return queue.isEmpty() && nowMillis - usedMillis > KEPT_EMPTY_MILLIS;
    }

    /** Who is number so and so. Looks at all; not for every event. */
    Map<Place, Integer> positions(long nowMillis) {
        Map<Place, Integer> position = new HashMap<>();
        for (Place place : queue.inOrder(nowMillis)) position.put(place, position.size() + 1);
        return position;
    }

    /** One waiter's place. */
    static final class Place {
        final Waiter waiter;
        final WaitingLine line;
        final long sinceMillis;
        final long number;
        /** What it needed when it came; only the host it would like best may have changed since. */
        final RouteRequest wanted;

        long deadlineMillis;
        long reportMillis;
        /** Whether the router said that time will heal what keeps it. */
        boolean known;

        FairQueue.Place<AccountId, Place> inQueue;

        Place(Waiter waiter, WaitingLine line, long number, long sinceMillis) {
            this.waiter = waiter;
            this.line = line;
            this.number = number;
            this.wanted = waiter.wanted();
            this.sinceMillis = sinceMillis;
        }
    }
}
