package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
    private final int contextLimit;
    private final GapClosing gaps;
    private final List<Slot> slots = new ArrayList<>();
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private long steps;
    private long admitted;

    /** A slot whose next token can be chosen from this index of the step. */
    private record Asked(Slot slot, int batchIndex) {}

    DecodeLoop(
            InferenceContext context,
            Vocabulary vocabulary,
            SamplerFactory samplers,
            TokenBatch batch,
            Outbox outbox,
            BlockingQueue<Job> arrivals,
            int slotCount,
            int contextLimit) {
        this.context = context;
        this.vocabulary = vocabulary;
        this.samplers = samplers;
        this.batch = batch;
        this.outbox = outbox;
        this.arrivals = arrivals;
        this.contextLimit = contextLimit;
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
            context.forget(slot.sequence());
            slot.forget();
        }
    }

    private void admit() throws IOException {
        while (!waiting.isEmpty()) {
            Optional<Slot> slot = SlotChoice.choose(slots, waiting.peek());
            if (slot.isEmpty()) return;
            begin(waiting.remove(), slot.get());
        }
    }

    private void begin(Job job, Slot slot) throws IOException {
        // The last token is computed again in any case: the choice of the next one needs its distribution.
        int reused =
                Math.min(slot.reusable(job.tokens(), job.length(), job.request().cacheScope()), job.length() - 1);
        if (!context.forgetFrom(slot.sequence(), reused)) {
            context.forget(slot.sequence());
            reused = 0;
        }
        Sampler sampler = samplers.create(job.request().sampling());
        AnswerText text = new AnswerText(job.request().stop());
        slot.begin(new Slot.Running(job, sampler, text), reused, ++admitted);
        outbox.started(job.id(), job.promptLength(), Math.min(reused, job.promptLength()));
        try {
            job.form().ifPresent(sampler::constrain);
            for (int token : job.request().delivered()) {
                sampler.replay(token);
                text.pass(vocabulary.piece(token));
            }
        } catch (EngineException e) {
            fail(slot, e.failure());
            return;
        }
        if (text.stopped()) finish(slot, Finish.Reason.STOP);
        else if (sampler.constraintComplete()) finishWithRest(slot, Finish.Reason.STOP);
        else if (reachedEnd(job)) finishWithRest(slot, Finish.Reason.LENGTH);
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
        steps++;
        if (result != 0) {
            failAll(result);
            return;
        }
        for (Asked next : asked) choose(next.slot(), next.batchIndex());
    }

    private void choose(Slot slot, int batchIndex) throws IOException {
        Slot.Running answer = slot.running().orElseThrow();
        Job job = answer.job();
        int token;
        try {
            token = answer.sampler().sample(context, batchIndex);
        } catch (EngineException e) {
            fail(slot, e.failure());
            return;
        }
        if (token == Sampler.NOTHING_MORE || vocabulary.endsAnswer(token)) {
            finishWithRest(slot, Finish.Reason.STOP);
            return;
        }
        job.append(token);
        outbox.token(job.id(), token, answer.text().pass(vocabulary.piece(token)));
        if (answer.text().stopped()) finish(slot, Finish.Reason.STOP);
        else if (answer.sampler().constraintComplete()) finishWithRest(slot, Finish.Reason.STOP);
        else if (reachedEnd(job)) finishWithRest(slot, Finish.Reason.LENGTH);
    }

    private boolean reachedEnd(Job job) {
        return job.answerLength() >= job.request().maxTokens() || job.length() >= contextLimit;
    }

    private void finishWithRest(Slot slot, Finish.Reason reason) throws IOException {
        Slot.Running answer = slot.running().orElseThrow();
        outbox.rest(answer.job().id(), answer.text().rest());
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
        slot.running().orElseThrow().sampler().close();
        boolean leavesNothing =
                slot.running().orElseThrow().job().request().cacheScope().isEmpty();
        slot.end(steps);
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
