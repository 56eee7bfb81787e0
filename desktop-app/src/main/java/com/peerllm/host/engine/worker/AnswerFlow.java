package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.format.AnswerReader;
import com.peerllm.host.engine.format.Bounds;
import com.peerllm.host.engine.format.ThinkingBudget;
import com.peerllm.shared.wire.AnswerChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One answer from its tokens to its parts: chooses and reads each token, holds the sampler to what the reader says must follow,
 * and writes the end of a thinking that has gone on for too long.
 *
 * <p>What it does after a number of tokens depends on those tokens and the request only, so that the answer can go on elsewhere.
 */
final class AnswerFlow implements AutoCloseable {

    /** Tokens that came to the answer together, and what they add to it. */
    record Step(int[] ids, AnswerChunk chunk) {

        /** The same with a token before. */
        Step after(int token, AnswerChunk itsChunk) {
            int[] all = new int[ids.length + 1];
            all[0] = token;
            System.arraycopy(ids, 0, all, 1, ids.length);
            List<AnswerChunk.Part> parts = new ArrayList<>(itsChunk.parts());
            parts.addAll(chunk.parts());
            return new Step(all, AnswerChunk.of(parts));
        }
    }

    private final Job job;
    private final Supplier<Sampler> samplers;
    private final Grammars grammars;
    private final Marks marks;
    private Sampler sampler;
    private AnswerReader reader;
    private Bounds held = Bounds.FREE;

    AnswerFlow(Job job, Supplier<Sampler> samplers, Grammars grammars, Marks marks) {
        this.job = job;
        this.samplers = samplers;
        this.grammars = grammars;
        this.marks = marks;
        sampler = samplers.get();
        reader = new AnswerReader(job.plan());
    }

    /**
     * Goes to where the answer was after the tokens that were delivered before, and gives what must follow at once.
     *
     * @throws com.peerllm.host.engine.EngineException with {@code BAD_REQUEST} when they are not of the form that is asked for
     */
    Step begin() {
        hold();
        for (int token : job.answer()) replay(token);
        return written(due());
    }

    /** Chooses the token after the one at this index of the last step; see {@link Sampler#sample}. */
    int choose(InferenceContext context, int batchIndex) {
        return sampler.sample(context, batchIndex);
    }

    /** Takes a token that was chosen, and writes what must follow at once. */
    Step take(int token) {
        job.append(token);
        AnswerChunk chunk = read(token);
        if (!thoughtTooLong()) return new Step(new int[] {token}, chunk);
        return written(due()).after(token, chunk);
    }

    /**
     * What must be written instead of an end that the model chose inside its thinking; no tokens for an end anywhere else.
     *
     * <p>The sampler has noted the end, which will never be delivered: it starts over without it.
     */
    Step insteadOfEnd() {
        int[] ending = fitting(job.budget().insteadOfEnd(reader));
        if (ending.length > 0) startOver();
        return written(ending);
    }

    /** What was held back for nothing. */
    AnswerChunk rest() {
        return reader.end();
    }

    /** Whether the answer is over, whatever the model would say next. */
    boolean over() {
        return reader.over();
    }

    /** Whether the form of the answer is complete and nothing may follow. */
    boolean complete() {
        return sampler.constraintComplete();
    }

    /** How an answer ended that ended by itself. */
    Finish.Reason ending() {
        return reader.calledTools() ? Finish.Reason.TOOL_CALLS : Finish.Reason.STOP;
    }

    @Override
    public void close() {
        sampler.close();
    }

    private void startOver() {
        sampler.close();
        sampler = samplers.get();
        reader = new AnswerReader(job.plan());
        held = Bounds.FREE;
        hold();
        for (int token : job.answer()) replay(token);
    }

    private AnswerChunk replay(int token) {
        sampler.replay(token);
        return read(token);
    }

    private AnswerChunk read(int token) {
        AnswerChunk chunk = reader.pass(marks.piece(token));
        hold();
        return chunk;
    }

    private Step written(int[] ids) {
        List<AnswerChunk.Part> parts = new ArrayList<>();
        for (int token : ids) {
            job.append(token);
            parts.addAll(replay(token).parts());
        }
        return new Step(ids, AnswerChunk.of(parts));
    }

    private boolean thoughtTooLong() {
        ThinkingBudget budget = job.budget();
        return reader.thinking() && reader.thoughtTokens() >= budget.tokens();
    }

    private int[] due() {
        return thoughtTooLong() ? fitting(job.budget().due(reader, job.answer())) : new int[0];
    }

    /** Half an ending is of no use. */
    private int[] fitting(int[] ending) {
        return job.answerLength() + ending.length < job.mostTokens() ? ending : new int[0];
    }

    private void hold() {
        if (reader.bounds() == held) return;
        held = reader.bounds();
        switch (held) {
            case Bounds.Free() -> sampler.unconstrain();
            case Bounds.Grammar grammar -> sampler.constrain(job.grammar(grammar, grammars));
        }
    }
}
