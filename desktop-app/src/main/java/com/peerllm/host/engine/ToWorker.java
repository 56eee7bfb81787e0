package com.peerllm.host.engine;

import com.peerllm.shared.openai.EmbeddingInput;
import java.util.List;

/** What the parent says to the worker, one frame each; {@link Frames} has the form. The end of the stream means "end". */
public sealed interface ToWorker {

    /** Load the libraries and tell the devices; no model. The worker ends after the answer. */
    record ListDevices(String natives) implements ToWorker {}

    /**
     * Load this model; the first frame of every worker that is to generate. Answered by {@code Loaded} or {@code Refused}.
     *
     * @param measured to send {@code Measured} before {@code Loaded}
     */
    record Load(
            String natives,
            String model,
            int slots,
            int contextPerSlot,
            int threads,
            int gpuLayers,
            int microBatch,
            boolean measured)
            implements ToWorker {}

    /**
     * Load this model, measure how fast it is, and end. Answered by one {@code Measured} for each trial.
     *
     * @param cores physical cores
     * @param budgetMillis no trial is begun after so long
     */
    record Benchmark(String natives, String model, Trial usual, int cores, long budgetMillis) implements ToWorker {}

    /** Compute with so many threads from the next step on. */
    record UseThreads(int count) implements ToWorker {}

    /** Begin the answer that the parent calls {@code job}. */
    record Generate(long job, GenerationRequest request) implements ToWorker {}

    /** Turn these inputs into vectors, as the job that the parent calls {@code job}. */
    record Embed(long job, List<EmbeddingInput> inputs) implements ToWorker {
        public Embed {
            inputs = List.copyOf(inputs);
        }
    }

    /** End that answer; unknown and ended jobs are passed over. */
    record Cancel(long job) implements ToWorker {}

    /** Tell the ids of a prompt. */
    record Tokenize(long call, Prompt prompt) implements ToWorker {}

    /** Read a part of an answer again. */
    record Audit(long call, AuditRequest request) implements ToWorker {}

    /** Tell the text of ids. */
    record Detokenize(long call, List<Integer> ids) implements ToWorker {}
}
