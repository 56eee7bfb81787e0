package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The one loop that computes: each step takes the next token of every running answer and a piece of the prompts that are still
 * being read, so that answers begin and end at any step and a long prompt delays the others by one piece at most.
 *
 * <p>Written for speed: nothing here parses, renders or waits for anything but work.
 */
final class DecodeLoop {

    private final InferenceContext context;
    private final Vocabulary vocabulary;
    private final TokenBatch batch;
    private final ContextSlots slots;
    private final Admission admission;
    private final AnswerTelling telling;
    private final Outbox outbox;
    private final GapClosing gaps;
    private final LogProbabilities logprobs;
    private final List<Asked> asked = new ArrayList<>();

    /** A slot whose next token can be chosen from this index of the step. */
    private record Asked(Slot slot, int batchIndex) {}

    DecodeLoop(
            InferenceContext context,
            Vocabulary vocabulary,
            TokenBatch batch,
            ContextSlots slots,
            Admission admission,
            AnswerTelling telling,
            Outbox outbox) {
        this.context = context;
        this.vocabulary = vocabulary;
        this.batch = batch;
        this.slots = slots;
        this.admission = admission;
        this.telling = telling;
        this.outbox = outbox;
        this.gaps = new GapClosing(context::move);
        this.logprobs = new LogProbabilities(vocabulary);
    }

    /** Runs until the thread is interrupted or the parent no longer reads. */
    void run() throws InterruptedException, IOException {
        while (true) {
            admission.takeArrivals();
            admission.endCancelled();
            endCancelled();
            admission.admit();
            gaps.look(slots.all());
            if (planStep()) compute();
            outbox.flush();
        }
    }

    private void endCancelled() throws IOException {
        for (Slot slot : slots.all()) {
            if (slot.running().isEmpty() || !slot.running().get().job().cancelled()) continue;
            telling.finish(slot, Finish.Reason.CANCELLED);
        }
    }

    /** Fills the batch, in the order of the sequences: llama.cpp computes neighbours that lie side by side in one pass. */
    private boolean planStep() {
        batch.clear();
        asked.clear();
        int[] shares = StepShares.plan(slots.all(), batch.room());
        for (Slot slot : slots.all()) if (shares[slot.sequence()] > 0) feed(slot, shares[slot.sequence()]);
        return batch.size() > 0;
    }

    private void feed(Slot slot, int tokens) {
        Job job = slot.running().orElseThrow().job();
        int to = slot.held() + tokens;
        for (int i = slot.held(); i < to; i++) {
            boolean last = i == job.length() - 1;
            int index = batch.add(job.token(i), i, slot.sequence(), last);
            if (last) asked.add(new Asked(slot, index));
        }
        slot.held(to);
    }

    private void compute() throws IOException {
        int result = context.decode(batch);
        if (result != 0) {
            failAll(result);
            return;
        }
        for (Asked next : asked) choose(next.slot(), next.batchIndex());
    }

    private void choose(Slot slot, int batchIndex) throws IOException {
        AnswerFlow flow = slot.running().orElseThrow().flow();
        try {
            int token = flow.choose(context, batchIndex);
            boolean ends = token == Sampler.NOTHING_MORE || vocabulary.endsAnswer(token);
            AnswerFlow.Step step = ends
                    ? flow.insteadOfEnd()
                    : withLogprobs(flow.take(token), slot.running().get().job(), batchIndex, token);
            if (ends && step.ids().length == 0) telling.finishWithRest(slot, flow.ending());
            else telling.tell(slot, step);
        } catch (EngineException e) {
            telling.fail(slot, e.failure());
        }
    }

    /** The log probabilities of a token that was chosen; those written for the model have none. */
    private AnswerFlow.Step withLogprobs(AnswerFlow.Step step, Job job, int batchIndex, int token) {
        OptionalInt wanted = job.request().topLogprobs();
        if (wanted.isEmpty()) return step;
        AnswerChunk.Part entries = logprobs.of(context, batchIndex, token, wanted.getAsInt());
        return new AnswerFlow.Step(step.ids(), step.chunk().and(entries));
    }

    /** A step that cannot be computed says nothing about which answer is to blame, so all that run end. */
    private void failAll(int result) throws IOException {
        EngineFailure failure = new EngineFailure(
                EngineErrorCode.COMPUTE_FAILED, "llama.cpp could not compute a step (code " + result + "). Try again.");
        for (Slot slot : slots.all()) {
            if (slot.free()) continue;
            telling.fail(slot, failure);
        }
    }
}
