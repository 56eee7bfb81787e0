package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.model.ModelDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long first tokens of each model took lately, and so when one is late enough for a second host. Lives on the event loop.
 *
 * <p>The 95th percentile is followed by steps: up by 19 parts when a first token took longer, down by one when it did not, a part
 * being a fortieth of what is known, which rests where one in twenty takes longer (Robbins and Monro, 1951).
 */
final class FirstTokens {
    private static final int MODELS = 1000;
    private static final int ANSWERS_TO_KNOW = 20;
    private static final double PART = 0.0025;
    private static final int ABOVE = 19;

    /** Tries that a quiet time saves up at most. */
    private static final int SAVED = 10;

    private final Hedging hedging;
    private final Map<ModelDigest, Late> models = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ModelDigest, Late> eldest) {
            return size() > MODELS;
        }
    };
    /** Hundredths of a second try that may still be made. */
    private int budget = 100;

    FirstTokens(Hedging hedging) {
        this.hedging = hedging;
    }

    private static final class Late {
        double p95Millis;
        int known;
    }

    /** An answer began. */
    void began() {
        budget = Math.min(SAVED * 100, budget + hedging.mostPercent());
    }

    void came(ModelDigest model, double millis) {
        Late late = models.computeIfAbsent(model, any -> new Late());
        late.known++;
        if (late.known <= ANSWERS_TO_KNOW) {
            late.p95Millis = Math.max(late.p95Millis, millis);
        } else {
            late.p95Millis *= millis > late.p95Millis ? 1 + ABOVE * PART : 1 - PART;
        }
    }

    /** After how long without a first token another host may start. */
    Duration lateAfter(ModelDigest model) {
        Late late = models.get(model);
        if (late == null || late.known < ANSWERS_TO_KNOW) return hedging.least();
        Duration p95 = Duration.ofMillis((long) late.p95Millis);
        return p95.compareTo(hedging.least()) > 0 ? p95 : hedging.least();
    }

    /** Takes one second try out of what the share of all answers allows. */
    boolean mayHedge() {
        return hedging.on() && budget >= 100;
    }

    void hedged() {
        budget -= 100;
    }
}
