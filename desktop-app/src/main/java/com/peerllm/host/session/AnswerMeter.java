package com.peerllm.host.session;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.EmbeddingVector;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the tokens that go into and come out of the engine, for screens; money is counted from receipts. Token path: it adds
 * one addition to each decode step, and a look at the clock to each beginning and end of an answer.
 */
public final class AnswerMeter {
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final BusyTime busy;

    public AnswerMeter(InstantSource clock) {
        busy = new BusyTime(clock);
    }

    /** Makes the same answers, and counts them here. */
    public AnswerSource metering(AnswerSource answers) {
        return (request, listener) -> {
            busy.begin();
            return answers.generate(request, new Counting(listener));
        };
    }

    /** Makes the same vectors, and counts their texts' tokens here. */
    public EmbeddingSource meteringInputs(EmbeddingSource embeddings) {
        return (inputs, listener) -> {
            busy.begin();
            return embeddings.embed(inputs, new CountingInputs(listener));
        };
    }

    /** Answers that run now or wait for their model. */
    public int running() {
        return busy.running();
    }

    /** Tokens of prompts that were begun, since the start. */
    public long promptTokens() {
        return promptTokens.sum();
    }

    /** Tokens that were made, since the start. */
    public long completionTokens() {
        return completionTokens.sum();
    }

    /** For how long at least one of the answers was being made. */
    public BusyTime busy() {
        return busy;
    }

    private final class CountingInputs implements EmbeddingListener {
        private final EmbeddingListener listener;

        CountingInputs(EmbeddingListener listener) {
            this.listener = listener;
        }

        @Override
        public void started(List<Integer> tokensPerInput) {
            tokensPerInput.forEach(promptTokens::add);
            listener.started(tokensPerInput);
        }

        @Override
        public void vector(EmbeddingVector vector) {
            listener.vector(vector);
        }

        @Override
        public void finished(Finish finish) {
            busy.end();
            listener.finished(finish);
        }

        @Override
        public void failed(EngineFailure failure) {
            busy.end();
            listener.failed(failure);
        }
    }

    private final class Counting implements GenerationListener {
        private final GenerationListener listener;

        Counting(GenerationListener listener) {
            this.listener = listener;
        }

        @Override
        public void started(int prompt, int cached) {
            promptTokens.add(prompt);
            listener.started(prompt, cached);
        }

        @Override
        public void tokens(int[] ids, AnswerChunk chunk) {
            completionTokens.add(ids.length);
            listener.tokens(ids, chunk);
        }

        @Override
        public void finished(Finish finish) {
            busy.end();
            listener.finished(finish);
        }

        @Override
        public void failed(EngineFailure failure) {
            busy.end();
            listener.failed(failure);
        }
    }
}
