package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.FrameReader;
import com.peerllm.host.engine.Frames;
import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.ToWorker;
import com.peerllm.shared.openai.EmbeddingInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Reads what the parent says, on a thread of its own that never waits for the others: a cancel and the parent's end are noticed
 * at once, whatever is being computed.
 */
final class RequestIntake {
    private final FrameReader reader;
    private final Frames frames;
    private final Jobs jobs;
    private final BlockingQueue<PromptReader.Work> work;
    private final Outbox outbox;
    private final IntConsumer threads;
    private final CompletableFuture<ToWorker> firstRequest = new CompletableFuture<>();

    RequestIntake(
            FrameReader reader,
            Frames frames,
            Jobs jobs,
            BlockingQueue<PromptReader.Work> work,
            Outbox outbox,
            IntConsumer threads) {
        this.reader = reader;
        this.frames = frames;
        this.jobs = jobs;
        this.work = work;
        this.outbox = outbox;
        this.threads = threads;
    }

    /** What this worker was started for; it waits until the parent has said it. */
    ToWorker firstRequest() {
        return firstRequest.join();
    }

    /** Returns when the parent has closed its end, or died. */
    void run() throws IOException {
        for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
            ToWorker request = frames.decodeToWorker(line.get());
            if (!firstRequest.complete(request)) take(request);
        }
    }

    private void take(ToWorker request) throws IOException {
        switch (request) {
            case ToWorker.Generate(long id, GenerationRequest wanted) -> {
                Job job = jobs.begun(id, wanted);
                if (work.offer(new PromptReader.Prepare(job))) return;
                outbox.failed(id, tooMany());
                outbox.flush();
            }
            case ToWorker.Embed(long id, List<EmbeddingInput> inputs) -> {
                if (work.offer(new PromptReader.Embed(jobs.begun(id, inputs)))) return;
                outbox.failed(id, tooMany());
                outbox.flush();
            }
            case ToWorker.Cancel(long id) -> jobs.cancel(id);
            case ToWorker.Tokenize(long call, Prompt prompt) -> ask(call, request);
            case ToWorker.Detokenize(long call, List<Integer> ids) -> ask(call, request);
            case ToWorker.Audit(long call, AuditRequest audited) -> ask(call, request);
            case ToWorker.UseThreads(int count) -> threads.accept(count);
            case ToWorker.Load load -> throw new IOException("A second model for one worker");
            case ToWorker.Benchmark benchmark -> throw new IOException("A benchmark for a worker that has a model");
            case ToWorker.ListDevices list -> throw new IOException("A device list from a worker that has a model");
        }
    }

    private void ask(long call, ToWorker question) throws IOException {
        if (!work.offer(new PromptReader.Answer(question))) outbox.send(new FromWorker.CallFailed(call, tooMany()));
    }

    private static EngineFailure tooMany() {
        return new EngineFailure(EngineErrorCode.BUSY, "Too many requests wait for the engine. Try again later.");
    }
}
