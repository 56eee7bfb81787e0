package com.peerllm.host.engine.format;

import com.peerllm.shared.wire.AnswerChunk.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the calls of one answer into parts, and takes back what only looked like one. */
final class CallReader {

    /** Whether an answer begins with a call that has no opening. */
    enum Bare {
        YES,
        UNDECIDED,
        NO
    }

    private final Optional<CallPlan> plan;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Optional<CallMatcher> matcher = Optional.empty();
    private WholeCharacters arguments = new WholeCharacters();
    private boolean broken;
    private boolean begunHere;
    private int partsBefore;
    private int countBefore;
    private int count;

    CallReader(Optional<CallPlan> plan) {
        this.plan = plan;
    }

    /** Whether calls are looked for: not any more after one that was none. */
    boolean possible() {
        return plan.isPresent() && !broken;
    }

    boolean mayBeginBare() {
        return possible() && plan.orElseThrow().format().startsBare();
    }

    String trigger() {
        return plan.orElseThrow().format().trigger();
    }

    /** The name of a tool must be complete: before it, JSON is as likely as a call. */
    Bare beginsBare(byte[] text, int from) {
        if (!mayBeginBare()) return Bare.NO;
        CallMatcher trial = plan.orElseThrow().matcher();
        for (int i = from; i < text.length; i++) {
            CallMatcher.Seen seen = trial.take(text[i]);
            if (seen == CallMatcher.Seen.BROKEN) return Bare.NO;
            if (seen == CallMatcher.Seen.NAME_END) return Bare.YES;
        }
        return Bare.UNDECIDED;
    }

    /** A call begins behind this opening, when the token has so many parts. */
    void begin(byte[] opening, int parts) {
        matcher = Optional.of(plan.orElseThrow().matcher());
        said.reset();
        said.writeBytes(opening);
        begunHere = true;
        partsBefore = parts;
        countBefore = count;
    }

    CallMatcher matcher() {
        return matcher.orElseThrow();
    }

    /**
     * Reads on, up to the end of the call or to where it turns out to be none.
     *
     * @param bound whether a grammar watches over the bytes; arguments that none has watched over are no call
     * @return how many bytes were read
     */
    int read(byte[] bytes, Parts parts, boolean bound) {
        CallMatcher call = matcher();
        int read = 0;
        while (read < bytes.length && !call.done()) {
            byte b = bytes[read];
            switch (call.take(b)) {
                case FORM -> {}
                case NAME_END -> {
                    parts.add(Channel.TOOL_CALL, call.name().getBytes(StandardCharsets.UTF_8));
                    arguments = new WholeCharacters();
                    count++;
                }
                case ARGUMENT, LAST_ARGUMENT -> {
                    broken = begunHere && !bound;
                    parts.add(Channel.TOOL_ARGUMENTS, arguments.pass(new byte[] {b}));
                }
                case BROKEN -> broken = true;
            }
            if (broken) return read;
            if (begunHere || count == countBefore) said.write(b);
            read++;
        }
        return read;
    }

    boolean broken() {
        return broken;
    }

    /** The text of what looked like a call; nothing when its name was told already. */
    byte[] takeBack(Parts parts) {
        if (!begunHere && count > countBefore) return new byte[0];
        if (begunHere) parts.cutTo(partsBefore);
        count = countBefore;
        return said.toByteArray();
    }

    /** Whether a call began in this token. */
    boolean begunHere() {
        return begunHere;
    }

    void endOfToken() {
        begunHere = false;
    }

    /** How many calls have their name. */
    int count() {
        return count;
    }
}
