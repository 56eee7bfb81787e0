package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.FrameWriter;
import com.peerllm.host.engine.Frames;
import com.peerllm.host.engine.FromWorker;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;

/** What the worker tells its parent about jobs. What the decode loop says leaves at the end of a step, in one write. */
final class Outbox {
    private static final int[] NO_TOKENS = {};

    private final Frames frames;
    private final FrameWriter writer;
    private final Jobs jobs;

    Outbox(Frames frames, FrameWriter writer, Jobs jobs) {
        this.frames = frames;
        this.writer = writer;
        this.jobs = jobs;
    }

    void started(long job, int promptTokens, int cachedTokens) throws IOException {
        write(new FromWorker.Started(job, promptTokens, cachedTokens));
    }

    void tokens(long job, int[] ids, AnswerChunk chunk) throws IOException {
        write(new FromWorker.Tokens(job, ids, chunk));
    }

    /** Text that was held back until the answer's end. */
    void rest(long job, AnswerChunk chunk) throws IOException {
        if (!chunk.isEmpty()) write(new FromWorker.Tokens(job, NO_TOKENS, chunk));
    }

    void finished(long job, Finish finish) throws IOException {
        jobs.ended(job);
        write(new FromWorker.Finished(job, finish));
    }

    void failed(long job, EngineFailure failure) throws IOException {
        jobs.ended(job);
        write(new FromWorker.JobFailed(job, failure));
    }

    void flush() throws IOException {
        writer.flush();
    }

    /** Sends a frame at once. */
    void send(FromWorker message) throws IOException {
        writer.send(frames.encode(message));
    }

    private void write(FromWorker message) throws IOException {
        writer.write(frames.encode(message));
    }
}
