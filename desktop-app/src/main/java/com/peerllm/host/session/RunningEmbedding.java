package com.peerllm.host.session;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.shared.wire.EmbeddingFrame;
import com.peerllm.shared.wire.EmbeddingVector;
import com.peerllm.shared.wire.JobFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Vectors on their way from the engine to the orchestrator. The engine makes them faster than a home's connection takes them, so
 * they wait here and go a few at a time, with room left for answers that stream beside them. No more can wait than was asked for.
 */
final class RunningEmbedding implements EmbeddingListener {
    /** Short beside the time that the waiting bytes take on a slow connection. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final OfferedJob job;
    private final Outbox out;
    private final Alarms alarms;
    private final ArrayDeque<EmbeddingVector> waiting = new ArrayDeque<>();
    private int sent;
    private boolean allMade;
    private boolean lookingAgain;

    RunningEmbedding(OfferedJob job, Outbox out, Alarms alarms) {
        this.job = job;
        this.out = out;
        this.alarms = alarms;
    }

    @Override
    public void started(List<Integer> tokensPerInput) {
        job.started(tokensPerInput.stream().mapToInt(Integer::intValue).sum(), 0);
    }

    @Override
    public void vector(EmbeddingVector vector) {
        synchronized (job) {
            if (job.isOver()) return;
            waiting.add(vector);
        }
        send();
    }

    @Override
    public void finished(Finish finish) {
        if (finish.reason() == Finish.Reason.CANCELLED) {
            job.fail(JobFailure.HOST_PAUSED, "The host ended the work.");
            return;
        }
        synchronized (job) {
            allMade = true;
        }
        send();
    }

    @Override
    public void failed(EngineFailure failure) {
        job.failed(failure);
    }

    /** Sends what there is room for; the rest when somebody looks again. */
    private void send() {
        synchronized (job) {
            if (job.isOver()) {
                waiting.clear();
                return;
            }
            while (!waiting.isEmpty() && out.hasRoomForVectors()) deliver(waiting.remove());
            if (!waiting.isEmpty()) {
                lookAgain();
                return;
            }
            if (!allMade) return;
        }
        job.finish(Finish.Reason.STOP.wireName());
    }

    private void deliver(EmbeddingVector vector) {
        out.deliver(new EmbeddingFrame(job.stream(), sent, vector));
        job.trace().addVector(sent, vector);
        sent++;
    }

    private void lookAgain() {
        if (lookingAgain) return;
        lookingAgain = true;
        alarms.after(LOOK_AGAIN, () -> {
            synchronized (job) {
                lookingAgain = false;
            }
            send();
        });
    }
}
