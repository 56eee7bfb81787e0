package com.peerllm.host.engine;

import com.peerllm.shared.wire.AnswerChunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Writes down everything that is told about one answer, and lets a test wait for its end. */
public final class HeardAnswer implements GenerationListener {

    /** How an answer ended. */
    sealed interface End {}

    record Done(Finish finish) implements End {}

    record Broken(EngineFailure failure) implements End {}

    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final CompletableFuture<Void> firstTokens = new CompletableFuture<>();
    private final List<Integer> ids = new ArrayList<>();
    private final List<AnswerChunk> chunks = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();
    private final Consumer<HeardAnswer> onTokens;
    private int ends;
    private int promptTokens = -1;
    private int cachedTokens = -1;

    public HeardAnswer() {
        this(answer -> {});
    }

    HeardAnswer(Consumer<HeardAnswer> onTokens) {
        this.onTokens = onTokens;
    }

    @Override
    public synchronized void started(int prompt, int cached) {
        promptTokens = prompt;
        cachedTokens = cached;
    }

    @Override
    public void tokens(int[] newIds, AnswerChunk chunk) {
        synchronized (this) {
            for (int id : newIds) ids.add(id);
            chunks.add(chunk);
            frames.add(newIds.length);
        }
        firstTokens.complete(null);
        onTokens.accept(this);
    }

    @Override
    public synchronized void finished(Finish finish) {
        ends++;
        end.complete(new Done(finish));
    }

    @Override
    public synchronized void failed(EngineFailure failure) {
        ends++;
        end.complete(new Broken(failure));
    }

    End await() {
        try {
            return end.get(90, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("The answer did not end", e);
        }
    }

    HeardAnswer awaitFirstTokens() {
        try {
            firstTokens.get(90, TimeUnit.SECONDS);
            return this;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("The answer did not begin", e);
        }
    }

    Finish finish() {
        if (await() instanceof Done(Finish finish)) return finish;
        throw new AssertionError("The answer failed: " + await());
    }

    EngineFailure failure() {
        if (await() instanceof Broken(EngineFailure failure)) return failure;
        throw new AssertionError("The answer did not fail: " + await());
    }

    public String text() {
        finish();
        return textSoFar();
    }

    synchronized String textSoFar() {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.text()));
        return text.toString();
    }

    /** One call of a tool. */
    record Call(String name, String arguments) {}

    /** The calls whose names were told. */
    List<Call> calls() {
        finish();
        List<Call> calls = new ArrayList<>();
        for (AnswerChunk chunk : chunks())
            for (AnswerChunk.Part part : chunk.parts()) {
                String said = new String(part.utf8(), StandardCharsets.UTF_8);
                if (part.channel() == AnswerChunk.Channel.TOOL_CALL) calls.add(new Call(said, ""));
                if (part.channel() != AnswerChunk.Channel.TOOL_ARGUMENTS || calls.isEmpty()) continue;
                Call last = calls.removeLast();
                calls.add(new Call(last.name(), last.arguments() + said));
            }
        return calls;
    }

    /** All that was said on a channel of the whole answer. */
    String said(AnswerChunk.Channel channel) {
        finish();
        return saidBefore(chunks.size(), channel);
    }

    /** The same, before a frame. */
    synchronized String saidBefore(int frame, AnswerChunk.Channel channel) {
        StringBuilder text = new StringBuilder();
        for (AnswerChunk chunk : chunks.subList(0, frame))
            for (AnswerChunk.Part part : chunk.parts())
                if (part.channel() == channel) text.append(new String(part.utf8(), StandardCharsets.UTF_8));
        return text.toString();
    }

    /** How many ids came together, each time. */
    synchronized List<Integer> frames() {
        return List.copyOf(frames);
    }

    synchronized List<AnswerChunk> chunks() {
        return List.copyOf(chunks);
    }

    synchronized List<Integer> ids() {
        return List.copyOf(ids);
    }

    List<Integer> idsAtTheEnd() {
        finish();
        return ids();
    }

    synchronized int promptTokens() {
        return promptTokens;
    }

    synchronized int cachedTokens() {
        return cachedTokens;
    }

    synchronized int ends() {
        return ends;
    }
}
