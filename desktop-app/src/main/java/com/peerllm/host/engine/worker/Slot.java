package com.peerllm.host.engine.worker;

import java.util.Arrays;
import java.util.Optional;

/**
 * One sequence of the context: the answer that runs in it, or what an ended one left behind to be reused.
 *
 * <p>Invariant: the context holds exactly the first {@link #held} of {@link #tokens} for this sequence.
 */
final class Slot {

    /** An answer that has this slot. */
    record Running(Job job, AnswerFlow flow) {}

    private final int sequence;
    private Optional<Running> running = Optional.empty();
    private int[] tokens = {};
    private int held;
    private Optional<String> scope = Optional.empty();
    private long begun;
    private long lastUsed;

    Slot(int sequence) {
        this.sequence = sequence;
    }

    int sequence() {
        return sequence;
    }

    Optional<Running> running() {
        return running;
    }

    boolean free() {
        return running.isEmpty();
    }

    /** Tokens of this sequence that are computed and in the context. */
    int held() {
        return held;
    }

    void held(int newHeld) {
        held = newHeld;
    }

    /** Tokens of the running answer that are not in the context yet; 0 when none runs. */
    int left() {
        return running.map(answer -> answer.job().length() - held).orElse(0);
    }

    /** When the running answer got this slot, in the loop's own counting. */
    long begun() {
        return begun;
    }

    long lastUsed() {
        return lastUsed;
    }

    /** How many tokens at the beginning of a prompt are computed here already: none across scopes. */
    int reusable(int[] prompt, int promptLength, Optional<String> forScope) {
        return common(prompt, Math.min(held, promptLength), forScope);
    }

    /** How many there will be once the running answer's prompt is read. */
    int promised(int[] prompt, int promptLength, Optional<String> forScope) {
        int length = running.map(answer -> answer.job().length()).orElse(0);
        return common(prompt, Math.min(length, promptLength), forScope);
    }

    private int common(int[] prompt, int most, Optional<String> forScope) {
        if (forScope.isEmpty() || !forScope.equals(scope)) return 0;
        int[] known = running.map(answer -> answer.job().tokens()).orElse(tokens);
        int differs = Arrays.mismatch(known, 0, most, prompt, 0, most);
        return differs < 0 ? most : differs;
    }

    void begin(Running answer, int alreadyHeld, long now) {
        begun = now;
        running = Optional.of(answer);
        held = alreadyHeld;
        scope = answer.job().request().cacheScope();
    }

    /** Its tokens were of use to another. */
    void used(long now) {
        lastUsed = now;
    }

    /** Ends the answer; what is in the context stays for the same scope. */
    void end(long now) {
        running.ifPresent(answer -> tokens = answer.job().tokens());
        running = Optional.empty();
        lastUsed = now;
    }

    /** Gets all that another slot has, which is free and empty then; the context's part has moved already. */
    void takeOver(Slot other) {
        running = other.running;
        tokens = other.tokens;
        held = other.held;
        scope = other.scope;
        begun = other.begun;
        lastUsed = other.lastUsed;
        other.running = Optional.empty();
        other.forget();
    }

    /** Nothing is left to be reused. */
    void forget() {
        tokens = new int[0];
        held = 0;
        scope = Optional.empty();
    }
}
