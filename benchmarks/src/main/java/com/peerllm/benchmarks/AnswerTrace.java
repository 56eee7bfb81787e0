package com.peerllm.benchmarks;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.shared.wire.AnswerChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The ids of one answer and the log probabilities that it had. Written by one thread, read after it has ended. */
final class AnswerTrace implements GenerationListener {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Integer> ids = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    void firstToken() throws Exception {
        begun.get(5, TimeUnit.MINUTES);
    }

    /** This answer, once it has ended. */
    AnswerTrace whole() throws Exception {
        ended.get(5, TimeUnit.MINUTES);
        return this;
    }

    List<Integer> ids() {
        return ids;
    }

    /** Of a log probability, as long as the tokens are the same. */
    double largestDifference(AnswerTrace other) {
        double largest = 0;
        int most = Math.min(ids.size(), other.ids.size());
        for (int i = 0; i < most && ids.get(i).equals(other.ids.get(i)); i++)
            largest = Math.max(largest, Math.abs(logProbabilities.get(i) - other.logProbabilities.get(i)));
        return largest;
    }

    @Override
    public void started(int promptTokens, int cachedTokens) {}

    @Override
    public void tokens(int[] newIds, AnswerChunk chunk) {
        for (int id : newIds) ids.add(id);
        for (AnswerChunk.Part part : chunk.parts())
            if (part.channel() == AnswerChunk.Channel.LOGPROBS)
                JSON.readTree(part.utf8())
                        .forEach(entry ->
                                logProbabilities.add(entry.get("logprob").doubleValue()));
        begun.complete(null);
    }

    @Override
    public void finished(Finish finish) {
        begun.complete(null);
        ended.complete(null);
    }

    @Override
    public void failed(EngineFailure failure) {
        IllegalStateException e = new IllegalStateException(failure.sentence());
        begun.completeExceptionally(e);
        ended.completeExceptionally(e);
    }
}
