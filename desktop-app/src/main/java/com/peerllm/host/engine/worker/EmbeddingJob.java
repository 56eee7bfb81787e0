package com.peerllm.host.engine.worker;

import com.peerllm.shared.openai.EmbeddingInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Texts on their way to being vectors: what is asked, its tokens once they are read, and how far it is. */
final class EmbeddingJob implements Jobs.Open {
    private final long id;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private List<EmbeddingInput> inputs;
    private List<int[]> tokens = List.of();
    private int placed;
    private int computed;

    EmbeddingJob(long id, List<EmbeddingInput> inputs) {
        this.id = id;
        this.inputs = inputs;
    }

    long id() {
        return id;
    }

    List<EmbeddingInput> inputs() {
        return inputs;
    }

    /** May be called from any thread; the loop looks at it before every step. */
    @Override
    public void cancel() {
        cancelled.set(true);
    }

    /** It holds nothing but Java's memory. */
    @Override
    public void free() {}

    boolean cancelled() {
        return cancelled.get();
    }

    /** From now on the tokens stand for the inputs. */
    void prepare(List<int[]> tokensOfInputs) {
        tokens = new ArrayList<>(tokensOfInputs);
        inputs = List.of();
    }

    List<Integer> tokensPerInput() {
        return tokens.stream().map(each -> each.length).toList();
    }

    boolean hasMore() {
        return placed < tokens.size();
    }

    /** The tokens of the input that is next in a step. */
    int[] next() {
        return tokens.get(placed);
    }

    void placeNext() {
        placed++;
    }

    void computedOne() {
        computed++;
    }

    boolean complete() {
        return computed == tokens.size();
    }
}
