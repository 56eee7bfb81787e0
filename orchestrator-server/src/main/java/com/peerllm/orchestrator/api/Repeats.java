package com.peerllm.orchestrator.api;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is known of requests that their consumers named: those that run, and for some minutes those that are over, short answers
 * with them. In memory only, because answers are. Lives on the event loop.
 */
final class Repeats {
    static final int MOST_ANSWER_BYTES = 256 * 1024;

    private static final int MOST_OVER = 10_000;
    private static final long MOST_BYTES = 16 << 20;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** A consumer's name for a request; two accounts may use the same. */
    record Name(AccountId account, String key) {}

    /** A request of a name. */
    sealed interface Known {
        /** Tells whether another request says the same. */
        String hash();

        record Running(String hash) implements Known {}

        /**
         * It was charged.
         *
         * @param answer when it was short and in one piece
         */
        record Over(String hash, JobId job, Optional<byte[]> answer, long sinceNanos) implements Known {
            private int bytes() {
                return answer.map(json -> json.length).orElse(0);
            }
        }
    }

    private final LongSupplier nanoTime;
    private final Map<Name, Known.Running> running = new HashMap<>();

    /** In the order in which they ended. */
    private final LinkedHashMap<Name, Known.Over> over = new LinkedHashMap<>();

    private long bytes;

    /** @param nanoTime a clock that never goes back */
    Repeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Optional<Known> find(Name name) {
        forgetOld();
        Known.Running now = running.get(name);
        return now != null ? Optional.of(now) : Optional.ofNullable(over.get(name));
    }

    /** There are as many of these as open requests, which are bounded elsewhere. */
    void begin(Name name, String hash) {
        running.put(name, new Known.Running(hash));
    }

    /** It cost nothing: the name is free again. */
    void forget(Name name) {
        running.remove(name);
    }

    /** It was charged. */
    void end(Name name, JobId job, Optional<byte[]> answer) {
        Known.Running was = running.remove(name);
        Known.Over ended = new Known.Over(was.hash(), job, answer, nanoTime.getAsLong());
        over.put(name, ended);
        bytes += ended.bytes();
        forgetOld();
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        Iterator<Known.Over> oldest = over.values().iterator();
        while (oldest.hasNext()) {
            Known.Over next = oldest.next();
            boolean old = now - next.sinceNanos() > REMEMBERED.toNanos();
            if (!old && over.size() <= MOST_OVER && bytes <= MOST_BYTES) return;
            bytes -= next.bytes();
            oldest.remove();
        }
    }
}
