package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import java.io.IOException;

/**
 * Tells the parent what comes to the running answers, and ends them: what an ended one leaves in its slot stays for its own scope
 * only. Part of the decode loop.
 */
final class AnswerTelling {
    private final ContextSlots slots;
    private final InferenceContext context;
    private final Outbox outbox;

    AnswerTelling(ContextSlots slots, InferenceContext context, Outbox outbox) {
        this.slots = slots;
        this.context = context;
        this.outbox = outbox;
    }

    /** Delivers what came to an answer, and ends it when that was its end. */
    void tell(Slot slot, AnswerFlow.Step step) throws IOException {
        Slot.Running answer = slot.running().orElseThrow();
        if (step.ids().length > 0) outbox.tokens(answer.job().id(), step.ids(), step.chunk());
        AnswerFlow flow = answer.flow();
        if (flow.over()) finish(slot, flow.ending());
        else if (flow.complete()) finishWithRest(slot, flow.ending());
        else if (answer.job().answerLength() >= answer.job().mostTokens()) finishWithRest(slot, Finish.Reason.LENGTH);
    }

    /** Ends an answer after telling what was held back until its end. */
    void finishWithRest(Slot slot, Finish.Reason reason) throws IOException {
        Slot.Running answer = slot.running().orElseThrow();
        outbox.rest(answer.job().id(), answer.flow().rest());
        finish(slot, reason);
    }

    /** Ends an answer as it is. */
    void finish(Slot slot, Finish.Reason reason) throws IOException {
        Job job = slot.running().orElseThrow().job();
        outbox.finished(job.id(), new Finish(reason, job.answerLength()));
        release(slot);
    }

    /** Ends an answer that went wrong; what it left in its slot is not trusted. */
    void fail(Slot slot, EngineFailure failure) throws IOException {
        outbox.failed(slot.running().orElseThrow().job().id(), failure);
        release(slot);
        context.forget(slot.sequence());
        slot.forget();
    }

    private void release(Slot slot) {
        slot.running().orElseThrow().flow().close();
        boolean leavesNothing =
                slot.running().orElseThrow().job().request().cacheScope().isEmpty();
        slot.end(slots.next());
        if (!leavesNothing) return;
        context.forget(slot.sequence());
        slot.forget();
    }
}
