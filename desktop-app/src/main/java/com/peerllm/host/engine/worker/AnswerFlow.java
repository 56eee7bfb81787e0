package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.format.AnswerReader;
import com.peerllm.host.engine.format.Bounds;
import com.peerllm.host.engine.format.ThinkingBudget;
import com.peerllm.shared.wire.AnswerChunk;

/**
 * One answer from its tokens to its parts: reads each token, holds the sampler to what the reader says must follow, and knows
 * which tokens must be written for the model because its thinking has gone on for too long.
 */
final class AnswerFlow {
    private final AnswerReader reader;
    private final ThinkingBudget budget;
    private final Sampler sampler;
    private final Marks marks;
    private Bounds held = Bounds.FREE;

    AnswerFlow(AnswerReader reader, ThinkingBudget budget, Sampler sampler, Marks marks) {
        this.reader = reader;
        this.budget = budget;
        this.sampler = sampler;
        this.marks = marks;
        hold();
    }

    /** What a token adds that the sampler chose. */
    AnswerChunk chosen(int token) {
        AnswerChunk chunk = reader.pass(marks.piece(token));
        hold();
        return chunk;
    }

    /** What a token adds that was not chosen now: delivered earlier, or written for the model. */
    AnswerChunk given(int token) {
        sampler.replay(token);
        return chosen(token);
    }

    /** The tokens that must be written now, behind those of the job. */
    int[] due(Job job) {
        return budget.due(reader, job.answer());
    }

    /** The tokens that must be written instead of an end that the model chose. */
    int[] insteadOfEnd() {
        return budget.insteadOfEnd(reader);
    }

    AnswerChunk end() {
        return reader.end();
    }

    boolean over() {
        return reader.over();
    }

    /** How an answer ended that ended by itself. */
    Finish.Reason ending() {
        return reader.calledTools() ? Finish.Reason.TOOL_CALLS : Finish.Reason.STOP;
    }

    private void hold() {
        if (reader.bounds() == held) return;
        held = reader.bounds();
    }
}
