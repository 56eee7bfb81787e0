package com.peerllm.orchestrator.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What waits in all queues together, in places and bytes, and how much of it is whose; says when it would be too much. */
public final class Tally<A> {
    private final QueueLimits limits;
    private final Map<A, Long> bytesOf = new HashMap<>();
    private int places;
    private long bytes;

    public Tally(QueueLimits limits) {
        this.limits = limits;
    }

    /** Why a place cannot be had. */
    public enum Full {
        /** The account has its share of this queue, or of the memory, already. */
        ACCOUNT,
        /** The queue of the model is full. */
        MODEL,
        /** All queues together are full. */
        ALL
    }

    /**
     * @param slots of the model's hosts
     * @param waiting in the model's queue
     * @param waitingOfAccount in the model's queue
     * @param more bytes of the prompt that wants in
     */
    public Optional<Full> refuses(A account, int slots, int waiting, int waitingOfAccount, long more) {
        int room = limits.places(slots);
        if (waitingOfAccount >= limits.placesOfOneAccount(room)) return Optional.of(Full.ACCOUNT);
        long mine = bytesOf.getOrDefault(account, 0L);
        if (mine > 0 && mine + more > limits.promptBytesOfOneAccount()) return Optional.of(Full.ACCOUNT);
        if (waiting >= room) return Optional.of(Full.MODEL);
        return places >= limits.placesInAll() || bytes + more > limits.promptBytesInAll()
                ? Optional.of(Full.ALL)
                : Optional.empty();
    }

    public void entered(A account, long promptBytes) {
        places++;
        bytes += promptBytes;
        bytesOf.merge(account, promptBytes, Long::sum);
    }

    public void left(A account, long promptBytes) {
        places--;
        bytes -= promptBytes;
        bytesOf.merge(account, -promptBytes, (before, less) -> before + less == 0 ? null : before + less);
    }

    public int places() {
        return places;
    }

    public long bytes() {
        return bytes;
    }
}
