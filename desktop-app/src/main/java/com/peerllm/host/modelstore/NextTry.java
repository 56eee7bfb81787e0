package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What follows when a download met a trouble: another try after a wait, or nothing without its person. */
sealed interface NextTry {

    /** @param sentence of the trouble, shown during the delay */
    record Again(String sentence, Duration delay) implements NextTry {}

    /** From the first byte, because what was received is of another file. */
    record Anew(String sentence, Duration delay) implements NextTry {}

    /** @param sentence with what to do */
    record ByPerson(String sentence) implements NextTry {}

    /**
     * How often one download was tried.
     *
     * @param fruitless tries in a row that brought no byte, the last one included
     * @param beginnings times that it was begun from its first byte again
     */
    record Tries(int fruitless, int beginnings) {}

    /** With their waits about half an hour. */
    int MOST_FRUITLESS = 25;

    int MOST_BEGINNINGS = 5;
    Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    Duration TO_READ_A_SENTENCE = Duration.ofSeconds(2);
    Backoff BETWEEN_TRIES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));

    static NextTry after(FetchTrouble trouble, Tries tries, RandomGenerator random) {
        String sentence = trouble.sentence();
        return switch (trouble.next()) {
            case PERSON -> new ByPerson(sentence);
            case ANEW ->
                tries.beginnings > MOST_BEGINNINGS
                        ? new ByPerson(sentence + " It was begun anew " + MOST_BEGINNINGS
                                + " times; try later, or another source.")
                        : new Anew(sentence, TO_READ_A_SENTENCE);
            case AGAIN ->
                tries.fruitless > MOST_FRUITLESS
                        ? new ByPerson(sentence + " It was tried " + tries.fruitless
                                + " times. Resume to try again; what was received is kept.")
                        : new Again(sentence, wait(trouble, tries.fruitless, random));
        };
    }

    private static Duration wait(FetchTrouble trouble, int tries, RandomGenerator random) {
        Duration wait = trouble.retryAfter().orElseGet(() -> BETWEEN_TRIES.after(tries, random));
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }
}
