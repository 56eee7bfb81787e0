package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;

/**
 * The one loop that computes: each step takes the next token of every running answer and a piece of the prompts that are still
 * being read, so that answers begin and end at any step and a long prompt delays the others by one piece at most.
 *
 * <p>Written for speed: nothing here parses, renders or waits for anything but work.
 */
final class DecodeLoop {

    private final InferenceContext context;
    private final Vocabulary vocabulary;
    private final SamplerFactory samplers;
    private final TokenBatch batch;
    private final Outbox outbox;
    private final BlockingQueue<Job> arrivals;
    private final Grammars grammars;
    private final Marks marks;
    private final GapClosing gaps;
    private final PrefixReuse prefixes;
    private final SlotChoice choice;
    private final LogProbabilities logprobs;
    private final List<Slot> slots = new ArrayList<>();
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private long now;

    /** A slot whose next token can be chosen from this index of the step. */
    private record Asked(Slot slot, int batchIndex) {}

    DecodeLoop(
            InferenceContext context,
            Vocabulary vocabulary,
            SamplerFactory samplers,
            TokenBatch batch,
            Outbox outbox,
            BlockingQueue<Job> arrivals,
            SlotChoice choice,
            Grammars grammars,
            Marks marks,
            int slotCount) {
        this.context = context;
        this.vocabulary = vocabulary;
        this.samplers = samplers;
        this.batch = batch;
        this.outbox = outbox;
        this.arrivals = arrivals;
        this.grammars = grammars;
        this.marks = marks;
        this.logprobs = new LogProbabilities(vocabulary);
        this.choice = choice;
        this.prefixes = new PrefixReuse(context);
        this.gaps = new GapClosing(context::move);
        for (int i = 0; i < slotCount; i++) slots.add(new Slot(i));
    }

    /** Runs until the thread is interrupted or the parent no longer reads. */
    void run() throws InterruptedException, IOException {
        while (true) {
            if (idle()) waiting.add(arrivals.take());
            arrivals.drainTo(waiting);
            endCancelled();
            admit();
            gaps.look(slots);
            if (planStep()) compute();
            outbox.flush();
        }
    }

    private boolean idle() {
        return waiting.isEmpty() && slots.stream().allMatch(Slot::free);
    }

    private void endCancelled() throws IOException {
        for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
            Job job = jobs.next();
            if (!job.cancelled()) continue;
            jobs.remove();
            outbox.finished(job.id(), new Finish(Finish.Reason.CANCELLED, job.answerLength()));
        }
        for (Slot slot : slots) {
            if (slot.running().isEmpty() || !slot.running().get().job().cancelled()) continue;
            finish(slot, Finish.Reason.CANCELLED);
        }
    }

    /** An answer that waits for another's prompt keeps a slot for itself, and holds up nobody behind it. */
    private void admit() throws IOException {
        long free = slots.stream().filter(Slot::free).count();
        for (Iterator<Job> jobs = waiting.iterator(); free > 0 && jobs.hasNext(); free--) {
            Job job = jobs.next();
            switch (choice.choose(slots, job)) {
                case Placement.Wait _ -> {}
                case Placement.InPlace place -> {
                    jobs.remove();
                    begin(job, place.slot(), prefixes.take(place));
                }
                case Placement.Copy place -> {
                    jobs.remove();
                    place.source().used(++now);
                    begin(job, place.slot(), prefixes.take(place));
                }
            }
        }
    }

    private void begin(Job job, Slot slot, int reused) throws IOException {
        AnswerFlow flow =
                new AnswerFlow(job, () -> samplers.create(job.request().sampling()), grammars, marks);
        slot.begin(new Slot.Running(job, flow), reused, ++now);
        outbox.started(job.id(), job.promptLength(), Math.min(reused, job.promptLength()));
        try {
            tell(slot, flow.begin());
        } catch (EngineException e) {
            fail(slot, e.failure());
        }
    }

    /** Fills the batch, in the order of the sequences: llama.cpp computes neighbours that lie side by side in one pass. */
    private boolean planStep() {
        batch.clear();
        asked.clear();
        int[] shares = StepShares.plan(slots, batch.room());
        for (Slot slot : slots) if (shares[slot.sequence()] > 0) feed(slot, shares[slot.sequence()]);
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
            if (ends && step.ids().length == 0) finishWithRest(slot, flow.ending());
            else tell(slot, step);
        } catch (EngineException e) {
            fail(slot, e.failure());
        }
    }

    /** Delivers what came to an answer, and ends it when that was its end. */
    private void tell(Slot slot, AnswerFlow.Step step) throws IOException {
        Slot.Running answer = slot.running().orElseThrow();
        if (step.ids().length > 0) outbox.tokens(answer.job().id(), step.ids(), step.chunk());
        AnswerFlow flow = answer.flow();
        if (flow.over()) finish(slot, flow.ending());
        else if (flow.complete()) finishWithRest(slot, flow.ending());
        else if (answer.job().answerLength() >= answer.job().mostTokens()) finishWithRest(slot, Finish.Reason.LENGTH);
    }

    /** The log probabilities of a token that was chosen; those written for the model have none. */
    private AnswerFlow.Step withLogprobs(AnswerFlow.Step step, Job job, int batchIndex, int token) {
        OptionalInt wanted = job.request().topLogprobs();
        if (wanted.isEmpty()) return step;
        AnswerChunk.Part entries = logprobs.of(context, batchIndex, token, wanted.getAsInt());
        return new AnswerFlow.Step(step.ids(), step.chunk().and(entries));
    }

    private void finishWithRest(Slot slot, Finish.Reason reason) throws IOException {
        Slot.Running answer = slot.running().orElseThrow();
        outbox.rest(answer.job().id(), answer.flow().rest());
        finish(slot, reason);
    }

    private void finish(Slot slot, Finish.Reason reason) throws IOException {
        Job job = slot.running().orElseThrow().job();
        outbox.finished(job.id(), new Finish(reason, job.answerLength()));
        release(slot);
    }

    private void fail(Slot slot, EngineFailure failure) throws IOException {
        outbox.failed(slot.running().orElseThrow().job().id(), failure);
        release(slot);
        context.forget(slot.sequence());
        slot.forget();
    }

    private void release(Slot slot) {
        slot.running().orElseThrow().flow().close();
        boolean leavesNothing =
                slot.running().orElseThrow().job().request().cacheScope().isEmpty();
        slot.end(++now);
        if (!leavesNothing) return;
        context.forget(slot.sequence());
        slot.forget();
    }

    /** A step that cannot be computed says nothing about which answer is to blame, so all that run end. */
    private void failAll(int result) throws IOException {
        EngineFailure failure = new EngineFailure(
                EngineErrorCode.COMPUTE_FAILED, "llama.cpp could not compute a step (code " + result + "). Try again.");
        for (Slot slot : slots) {
            if (slot.free()) continue;
            fail(slot, failure);
        }
    }
}
