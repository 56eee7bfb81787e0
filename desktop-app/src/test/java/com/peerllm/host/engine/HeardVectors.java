package com.peerllm.host.engine;

import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.wire.EmbeddingVector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Writes down everything that is told about one embedding job, and lets a test wait for its end. */
final class HeardVectors implements EmbeddingListener {
    private final List<EmbeddingVector> vectors = new ArrayList<>();
    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final CompletableFuture<List<Integer>> started = new CompletableFuture<>();
    private final CompletableFuture<Void> first = new CompletableFuture<>();

    static HeardVectors of(Engine engine, List<EmbeddingInput> inputs) {
        HeardVectors heard = new HeardVectors();
        engine.embed(inputs, heard);
        return heard;
    }

    static HeardVectors of(Engine engine, String... texts) {
        return of(engine, texts(texts));
    }

    static List<EmbeddingInput> texts(String... texts) {
        return List.of(texts).stream()
                .<EmbeddingInput>map(EmbeddingInput.Text::new)
                .toList();
    }

    @Override
    public void started(List<Integer> tokensPerInput) {
        started.complete(tokensPerInput);
    }

    @Override
    public void vector(EmbeddingVector vector) {
        synchronized (vectors) {
            vectors.add(vector);
        }
        first.complete(null);
    }

    @Override
    public void finished(Finish finish) {
        if (!end.complete(finish)) throw new AssertionError("It ended twice");
    }

    @Override
    public void failed(EngineFailure failure) {
        if (!end.complete(failure)) throw new AssertionError("It ended twice");
    }

    List<float[]> vectors() {
        Finish finish = (Finish) awaitEnd();
        if (finish.reason() != Finish.Reason.STOP) throw new AssertionError(finish.toString());
        return sofar();
    }

    List<float[]> sofar() {
        synchronized (vectors) {
            return vectors.stream().map(EmbeddingVector::numbers).toList();
        }
    }

    List<Integer> tokens() {
        return await(started);
    }

    void awaitFirst() {
        await(first);
    }

    Finish finish() {
        return (Finish) awaitEnd();
    }

    EngineFailure failure() {
        return (EngineFailure) awaitEnd();
    }

    private Object awaitEnd() {
        return await(end);
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
