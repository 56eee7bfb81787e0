package com.peerllm.host.engine;

import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingVector;
import java.util.List;

/** What the worker says to the parent, one frame each; {@link Frames} has the form. */
public sealed interface FromWorker {

    /** A sign of life every two seconds, with the number of steps computed since the start. */
    record Alive(long steps) implements FromWorker {}

    /** The devices, before the worker ends. */
    record Devices(List<EngineDevice> devices) implements FromWorker {}

    /** The model is ready. */
    record Loaded(ModelFacts facts) implements FromWorker {}

    /** One measurement: of a benchmark, or before {@code Loaded} when it was asked for. */
    record Measured(MeasuredTrial trial) implements FromWorker {}

    /** The worker cannot do what it was started for, and ends. */
    record Refused(EngineFailure failure) implements FromWorker {}

    /** The job has a slot and its prompt is known. */
    record Started(long job, int promptTokens, int cachedTokens) implements FromWorker {}

    /** More of the job's answer; see {@link GenerationListener#tokens}. */
    record Tokens(long job, int[] ids, AnswerChunk chunk) implements FromWorker {}

    /** The job's inputs are read; see {@link EmbeddingListener#started}. */
    record EmbeddingStarted(long job, List<Integer> tokensPerInput) implements FromWorker {
        public EmbeddingStarted {
            tokensPerInput = List.copyOf(tokensPerInput);
        }
    }

    /** The job's next vector. */
    record Embedded(long job, EmbeddingVector vector) implements FromWorker {}

    /** The job ended well. */
    record Finished(long job, Finish finish) implements FromWorker {}

    /** The job ended badly. */
    record JobFailed(long job, EngineFailure failure) implements FromWorker {}

    /** Answers {@code Tokenize}. */
    record Tokenized(long call, List<Integer> ids) implements FromWorker {}

    /** Answers {@code Detokenize}. */
    record Detokenized(long call, String text) implements FromWorker {}

    /** Answers {@code Audit}. */
    record Audited(long call, AuditFinding finding) implements FromWorker {}

    /** Answers a {@code Tokenize}, {@code Audit} or {@code Detokenize} that cannot be carried out. */
    record CallFailed(long call, EngineFailure failure) implements FromWorker {}
}
