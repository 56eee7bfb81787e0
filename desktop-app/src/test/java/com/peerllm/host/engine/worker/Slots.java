package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Slots in a given situation, without a model behind them. */
final class Slots {
    private Slots() {}

    /** The prompt is not computed yet. */
    static Slot reading(int sequence, int promptLength, long begun) {
        Slot slot = new Slot(sequence);
        slot.begin(running(job("alice", promptLength)), 0, begun);
        return slot;
    }

    /** One token is to be computed next. */
    static Slot answering(int sequence) {
        Slot slot = reading(sequence, 10, 0);
        slot.held(9);
        return slot;
    }

    /** The first tokens of its prompt are computed; the answer goes on after it. */
    static Slot running(int sequence, Job job, int held) {
        Slot slot = new Slot(sequence);
        slot.begin(running(job), held, 0);
        return slot;
    }

    static Slot leftovers(int sequence, Job job, long lastUsed) {
        Slot slot = running(sequence, job, job.length());
        slot.end(lastUsed);
        return slot;
    }

    static Slot leftovers(int sequence, String scope, int length) {
        Slot slot = new Slot(sequence);
        slot.begin(running(job(scope, length)), 0, 0);
        slot.held(length);
        slot.end(1);
        return slot;
    }

    static Job job(String scope, int length) {
        return job(scope, new int[length]);
    }

    static Job job(String scope, int... tokens) {
        GenerationRequest request =
                GenerationRequest.of(new Prompt.Tokens(List.of(0))).atMost(10).inScope(scope);
        Job job = new Job(1, request);
        job.prepare(tokens);
        return job;
    }

    private static Slot.Running running(Job job) {
        Sampler sampler = new Sampler(
                null,
                null,
                grammar -> null,
                new Sampler.Samplers(MemorySegment.NULL, List.of(), MemorySegment.NULL, MemorySegment.NULL, false));
        return new Slot.Running(job, new AnswerFlow(job, () -> sampler, null, null));
    }
}
