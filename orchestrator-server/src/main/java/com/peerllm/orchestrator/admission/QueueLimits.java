package com.peerllm.orchestrator.admission;

import java.time.Duration;

/**
 * How much may wait. Every bound is of memory and of time: a queue that moves slower than its places promise only makes
 * people wait in vain.
 *
 * @param placesPerSlot of one model's queue, for each slot of its hosts
 * @param leastPlaces of one model's queue, however few slots there are
 * @param mostPlaces of one model's queue
 * @param placesInAll of all queues
 * @param promptBytesInAll of the waiting prompts; counted by their most tokens, which are at least their bytes
 * @param accountsPart of the places of a queue and of the bytes, one account has at most one in so many
 * @param ageingTokensPerSecond tokens that a second of waiting makes up for; see {@link FairQueue}
 * @param report how often a waiting stream is told how far it is, and not before: a comment is legal in a stream of events, but clients
 *     written by hand choke on it
 */
public record QueueLimits(
        int placesPerSlot,
        int leastPlaces,
        int mostPlaces,
        int placesInAll,
        long promptBytesInAll,
        int accountsPart,
        long ageingTokensPerSecond,
        Duration report) {
    public static final QueueLimits STANDARD =
            new QueueLimits(8, 256, 4096, 16_384, 128L << 20, 2, 1000, Duration.ofSeconds(10));

    /** Places of the queue of a model whose hosts have so many slots. */
    public int places(int slots) {
        return (int) Math.min(mostPlaces, Math.max(leastPlaces, (long) placesPerSlot * slots));
    }

    public int placesOfOneAccount(int places) {
        return Math.max(1, places / accountsPart);
    }

    public long promptBytesOfOneAccount() {
        return promptBytesInAll / accountsPart;
    }
}
