package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.Finish;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;

/** The answers that wait for a slot: each begins in the slot where most of its prompt is computed already. Part of the decode loop. */
final class Admission {
    private final BlockingQueue<Job> arrivals;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final ContextSlots slots;
    private final SlotChoice choice;
    private final PrefixReuse prefixes;
    private final SamplerFactory samplers;
    private final Grammars grammars;
    private final Marks marks;
    private final AnswerTelling telling;
    private final Outbox outbox;

    Admission(
            BlockingQueue<Job> arrivals,
            ContextSlots slots,
            SlotChoice choice,
            PrefixReuse prefixes,
            SamplerFactory samplers,
            Grammars grammars,
            Marks marks,
            AnswerTelling telling,
            Outbox outbox) {
        this.arrivals = arrivals;
        this.slots = slots;
        this.choice = choice;
        this.prefixes = prefixes;
        this.samplers = samplers;
        this.grammars = grammars;
        this.marks = marks;
        this.telling = telling;
        this.outbox = outbox;
    }

    /** Takes in what has arrived; while nothing waits or runs, it waits for the next. */
    void takeArrivals() throws InterruptedException {
        if (waiting.isEmpty() && slots.allFree()) waiting.add(arrivals.take());
        arrivals.drainTo(waiting);
    }

    /** Ends those that were cancelled while they waited. */
    void endCancelled() throws IOException {
        for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext(); ) {
            Job job = jobs.next();
            if (!job.cancelled()) continue;
            jobs.remove();
            outbox.finished(job.id(), new Finish(Finish.Reason.CANCELLED, job.answerLength()));
        }
    }

    /** An answer that waits for another's prompt keeps a slot for itself, and holds up nobody behind it. */
    void admit() throws IOException {
        long free = slots.free();
        for (Iterator<Job> jobs = waiting.iterator(); free > 0 && jobs.hasNext(); free--) {
            Job job = jobs.next();
            switch (choice.choose(slots.all(), job)) {
                case Placement.Wait _ -> {}
                case Placement.InPlace place -> {
                    jobs.remove();
                    begin(job, place.slot(), prefixes.take(place));
                }
                case Placement.Copy place -> {
                    jobs.remove();
                    place.source().used(slots.next());
                    begin(job, place.slot(), prefixes.take(place));
                }
            }
        }
    }

    private void begin(Job job, Slot slot, int reused) throws IOException {
        AnswerFlow flow =
                new AnswerFlow(job, () -> samplers.create(job.request().sampling()), grammars, marks);
        slot.begin(new Slot.Running(job, flow), reused, slots.next());
        outbox.started(job.id(), job.promptLength(), Math.min(reused, job.promptLength()));
        try {
            telling.tell(slot, flow.begin());
        } catch (EngineException e) {
            telling.fail(slot, e.failure());
        }
    }
}
