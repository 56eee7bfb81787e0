package com.peerllm.host.modelstore;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Why a download does not go on, and what becomes of it. */
final class FetchTrouble extends Exception {
    /** What becomes of it. */
    enum Next {
        /** It is tried again by itself. */
        AGAIN,
        /** What was received is no use any more; it begins again from the first byte by itself. */
        ANEW,
        /** A person has to do something. */
        PERSON
    }

    private final transient Optional<Duration> retryAfter;
    private final Next next;

    private FetchTrouble(Next next, String sentence, Optional<Duration> retryAfter, Throwable cause) {
        super(sentence, cause);
        this.next = Objects.requireNonNull(next);
        this.retryAfter = retryAfter;
    }

    static FetchTrouble again(String sentence) {
        return new FetchTrouble(Next.AGAIN, sentence, Optional.empty(), null);
    }

    static FetchTrouble again(String sentence, Throwable cause) {
        return new FetchTrouble(Next.AGAIN, sentence, Optional.empty(), cause);
    }

    static FetchTrouble again(String sentence, Optional<Duration> retryAfter) {
        return new FetchTrouble(Next.AGAIN, sentence, retryAfter, null);
    }

    static FetchTrouble anew(String sentence) {
        return new FetchTrouble(Next.ANEW, sentence, Optional.empty(), null);
    }

    static FetchTrouble person(String sentence) {
        return new FetchTrouble(Next.PERSON, sentence, Optional.empty(), null);
    }

    static FetchTrouble person(String sentence, Throwable cause) {
        return new FetchTrouble(Next.PERSON, sentence, Optional.empty(), cause);
    }

    Next next() {
        return next;
    }

    /** As the server asks. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    String sentence() {
        return getMessage();
    }
}
