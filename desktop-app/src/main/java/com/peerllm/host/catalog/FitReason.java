package com.peerllm.host.catalog;

import com.peerllm.host.kernel.ByteSize;
import java.util.Locale;
import java.util.OptionalDouble;

/** Why a model has its badge on this computer: facts that each language puts into its own words, and English ones. */
public sealed interface FitReason {

    /** @param particular whether slots or context were wished for, so that less of them would help */
    record TooBig(long neededBytes, long usableBytes, boolean particular) implements FitReason {}

    /** What it needs cannot be told; the engine would try. @param why in English, without a stop */
    record CannotTell(String why) implements FitReason {}

    /** Nothing is known of the file's size. */
    record SizeUnread() implements FitReason {}

    /** The size was not read; by its parameters the file is between these two, of which only the smaller fits. */
    record MayJustFit(long leastBytes, long mostBytes) implements FitReason {}

    /** @param atMost whether the memory is an upper bound, because the file's size was not read */
    record Vectors(long memoryBytes, boolean atMost) implements FitReason {}

    /**
     * It runs.
     *
     * @param atMost whether the memory is an upper bound, because the file's size was not read
     * @param answers at once
     * @param tokensPerSecond of one answer, where {@code pace} has a figure
     */
    record Runs(long memoryBytes, boolean atMost, int answers, Pace pace, OptionalDouble tokensPerSecond)
            implements FitReason {}

    /** The file is gone, damaged or no model. */
    record Unreadable() implements FitReason {}

    /** There is nothing here that could run it. */
    record NoEngine() implements FitReason {}

    /** What is known of a speed. */
    enum Pace {
        MEASURED,
        /** By what was measured with other models. */
        ESTIMATED,
        /** So small that any computer is quick enough. */
        SURELY_QUICK,
        NOT_KNOWN
    }

    /** In English, as the command line tells it. */
    default String sentence() {
        return switch (this) {
            case TooBig(long needed, long usable, boolean particular) ->
                "Not enough memory: needs " + ByteSize.inWords(needed) + ", " + ByteSize.inWords(usable)
                        + " can be used. Choose "
                        + (particular
                                ? "a smaller model, fewer slots or a shorter context"
                                : "a smaller model, or close other programs")
                        + ".";
            case CannotTell(String why) -> "It may run: " + uncapitalized(why) + ".";
            case SizeUnread() -> "The size of this file was not read yet.";
            case MayJustFit(long least, long most) ->
                "It may just fit: its size was not read yet, and by its parameters it is between "
                        + ByteSize.inWords(least) + " and " + ByteSize.inWords(most) + ".";
            case Vectors(long bytes, boolean atMost) -> takes(bytes, atMost) + "; it makes vectors, not text.";
            case Runs runs ->
                takes(runs.memoryBytes, runs.atMost) + " for "
                        + (runs.answers == 1 ? "one answer at a time" : runs.answers + " answers at once")
                        + pace(runs) + ".";
            case Unreadable() -> "The file cannot be read.";
            case NoEngine() -> "The engine does not run on this computer.";
        };
    }

    private static String takes(long bytes, boolean atMost) {
        return (atMost ? "Takes up to " : "Takes ") + ByteSize.inWords(bytes) + " of memory";
    }

    private static String pace(Runs runs) {
        return switch (runs.pace) {
            case MEASURED -> "; measured here: " + rate(runs);
            case ESTIMATED -> "; by what was measured here about " + rate(runs);
            case SURELY_QUICK -> "; small enough to be quick on any computer";
            case NOT_KNOWN -> "; its speed here is known once a model was measured";
        };
    }

    private static String rate(Runs runs) {
        double speed = runs.tokensPerSecond.orElse(0);
        return String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%.0f", speed) + " tokens per second"
                + (Advisor.isQuick(speed) ? "" : ", slower than people read");
    }

    private static String uncapitalized(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
