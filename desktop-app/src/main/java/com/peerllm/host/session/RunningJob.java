package com.peerllm.host.session;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.JobFailure;
import com.peerllm.shared.wire.TokenFrame;

/**
 * One answer on its way from the engine to the orchestrator. Token path: {@link #tokens} runs once for each decode step and
 * must stay short.
 */
final class RunningJob implements GenerationListener {
    private final OfferedJob job;
    private final Outbox out;
    private int position;

    /** @param delivered tokens of the answer that came before, from this host or another */
    RunningJob(OfferedJob job, int delivered, Outbox out) {
        this.job = job;
        this.out = out;
        this.position = delivered;
    }

    @Override
    public void started(int prompt, int cached) {
        job.started(prompt, cached);
    }

    @Override
    public void tokens(int[] ids, AnswerChunk chunk) {
        synchronized (job) {
            if (job.isOver()) return;
            if (out.deliver(new TokenFrame(job.stream(), position, ids, chunk))) {
                position += ids.length;
                job.trace().add(ids, chunk);
                return;
            }
        }
        job.fail(JobFailure.INTERNAL, "The connection from this host is too slow for the answer.");
    }

    @Override
    public void finished(Finish finish) {
        if (finish.reason() == Finish.Reason.CANCELLED) {
            job.fail(JobFailure.HOST_PAUSED, "The host ended the answer.");
        } else {
            job.finish(finish.reason().wireName());
        }
    }

    @Override
    public void failed(EngineFailure failure) {
        job.failed(failure);
    }
}
