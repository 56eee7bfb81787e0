package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the tokens of one answer and remembers what it chose.
 *
 * <p>While an answer must have a form, a token is chosen as in llama.cpp's server: freely at first, and only when the form
 * refuses that token a second time among those it allows, for to ask the form about every token is slow. The second choice has
 * random numbers of its own. Both choices draw one for each token, needed or not: so the delivered tokens alone tell how many
 * were drawn, and another host can go on.
 */
final class Sampler implements AutoCloseable {

    /** Given instead of a token when nothing may follow and the vocabulary has no token that ends an answer. */
    static final int NOTHING_MORE = -1;

    /**
     * llama.cpp's samplers for one answer.
     *
     * @param chain all that a free choice takes; it owns the samplers in it and remembers the tokens
     * @param shaping those of the chain that change what is likely, in order
     * @param first the one of the chain that chooses
     * @param second the one that chooses again
     * @param drawing whether the two draw random numbers
     */
    record Samplers(
            MemorySegment chain,
            List<MemorySegment> shaping,
            MemorySegment first,
            MemorySegment second,
            boolean drawing) {}

    private final SamplerCalls calls;
    private final Candidates candidates;
    private final Function<Grammar, Constraint> begin;
    private final Samplers samplers;
    private Optional<Constraint> constraint = Optional.empty();

    /**
     * @param candidates the decode loop's, free to use during each call
     * @param begin how an answer enters a grammar
     */
    Sampler(SamplerCalls calls, Candidates candidates, Function<Grammar, Constraint> begin, Samplers samplers) {
        this.calls = calls;
        this.candidates = candidates;
        this.begin = begin;
        this.samplers = samplers;
    }

    /** From the next token on the answer must follow this grammar, from its beginning; one before it no longer counts. */
    void constrain(Grammar grammar) {
        unconstrain();
        constraint = Optional.of(begin.apply(grammar));
    }

    /** From the next token on the answer is free. */
    void unconstrain() {
        constraint.ifPresent(Constraint::close);
        constraint = Optional.empty();
    }

    /** Whether the grammar has ended: what it asks for is there, and it allows nothing more. False without one. */
    boolean constraintComplete() {
        return constraint.isPresent() && constraint.get().exhausted();
    }

    /**
     * Chooses the token after the one at this index of the last step, or {@link #NOTHING_MORE}.
     *
     * @throws EngineException with {@code BAD_REQUEST} when no token is possible
     */
    int sample(InferenceContext context, int batchIndex) {
        if (constraint.isEmpty())
            return NativeCalls.call(() -> (int) calls.sample.invokeExact(samplers.chain, context.handle(), batchIndex));
        MemorySegment logits = context.logits(batchIndex, candidates.most());
        int token = choose(constraint.get(), logits);
        if (constraint.get().tooSlow())
            throw new EngineException(
                    EngineErrorCode.BAD_REQUEST,
                    "The form of the answer takes too long to keep. Ask for a simpler one.");
        if (token != NOTHING_MORE) accept(token);
        return token;
    }

    /**
     * Brings the sampler to where it was after choosing a token that was delivered earlier, elsewhere.
     *
     * @throws EngineException with {@code BAD_REQUEST} when the form does not allow the token
     */
    void replay(int token) {
        if (constraint.isPresent() && !constraint.get().allows(token))
            throw new EngineException(
                    EngineErrorCode.BAD_REQUEST,
                    "The tokens that were delivered before do not have the form that is asked for.");
        drawIdly(samplers.first);
        if (constraint.isPresent()) drawIdly(samplers.second);
        accept(token);
    }

    private int choose(Constraint form, MemorySegment logits) {
        candidates.all(logits);
        apply(samplers.chain);
        int token = candidates.selected();
        if (!candidates.selectedIsPossible() || !form.allows(token)) return chooseAgain(form, logits);
        drawIdly(samplers.second);
        return token;
    }

    private int chooseAgain(Constraint form, MemorySegment logits) {
        candidates.all(logits);
        form.apply(candidates);
        if (!candidates.anyPossible(token -> true)) return nothingPossible(form);
        samplers.shaping.forEach(this::apply);
        apply(samplers.second);
        if (!candidates.selectedIsPossible())
            throw new EngineException(
                    EngineErrorCode.BAD_REQUEST,
                    "The logit bias forbids every token that the form of the answer allows here. Leave one of them out.");
        int token = candidates.selected();
        if (form.allows(token)) return token;
        throw new IllegalStateException("A sampler chose a token that the grammar had refused");
    }

    /** A vocabulary without an end token cannot tell a form that is complete from one that no token continues. */
    private int nothingPossible(Constraint form) {
        if (!form.knowsEnd()) return NOTHING_MORE;
        throw new EngineException(
                EngineErrorCode.BAD_REQUEST,
                "The model has no token that continues the form of the answer. Ask for another form or model.");
    }

    private void accept(int token) {
        constraint.ifPresent(form -> form.accept(token));
        NativeCalls.call(() -> {
            calls.accept.invokeExact(samplers.chain, token);
            return null;
        });
    }

    /** A choice from one candidate draws the random number that the real choice would draw. */
    private void drawIdly(MemorySegment chooser) {
        if (!samplers.drawing) return;
        candidates.only(0);
        apply(chooser);
    }

    private void apply(MemorySegment sampler) {
        NativeCalls.call(() -> {
            calls.apply.invokeExact(sampler, candidates.list());
            return null;
        });
    }

    @Override
    public void close() {
        unconstrain();
        free(samplers.chain);
        if (samplers.drawing) free(samplers.second);
    }

    private void free(MemorySegment sampler) {
        NativeCalls.call(() -> {
            calls.free.invokeExact(sampler);
            return null;
        });
    }
}
