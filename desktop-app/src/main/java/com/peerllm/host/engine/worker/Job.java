package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.GenerationRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One answer on its way through the worker: what is asked, and every token of prompt and answer so far. */
final class Job implements Jobs.Open {
    private final long id;
    private final GenerationRequest request;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private int[] tokens = {};
    private int length;
    private int promptLength;
    private Optional<Grammar> form = Optional.empty();
    private final List<Grammar> grammars = new ArrayList<>();

    Job(long id, GenerationRequest request) {
        this.id = id;
        this.request = request;
    }

    long id() {
        return id;
    }

    GenerationRequest request() {
        return request;
    }

    /** May be called from any thread; the decode loop looks at it before every step. */
    @Override
    public void cancel() {
        cancelled.set(true);
    }

    boolean cancelled() {
        return cancelled.get();
    }

    /** Sets the prompt; the delivered tokens follow it as the answer's beginning. */
    void prepare(int[] prompt) {
        promptLength = prompt.length;
        tokens = Arrays.copyOf(prompt, prompt.length + request.delivered().size() + 64);
        length = prompt.length;
        for (int token : request.delivered()) append(token);
    }

    /** The grammar that the answer must follow from its first token on. */
    Optional<Grammar> form() {
        return form;
    }

    void form(Grammar grammar) {
        keep(grammar);
        form = Optional.of(grammar);
    }

    /** The grammar is freed when the job ends. */
    void keep(Grammar grammar) {
        grammars.add(grammar);
    }

    /** Frees what was made for this job only. */
    @Override
    public void free() {
        grammars.forEach(Grammar::close);
        grammars.clear();
        form = Optional.empty();
    }

    void append(int token) {
        if (length == tokens.length) tokens = Arrays.copyOf(tokens, length * 2);
        tokens[length++] = token;
    }

    int promptLength() {
        return promptLength;
    }

    /** Tokens of prompt and answer together. */
    int length() {
        return length;
    }

    int answerLength() {
        return length - promptLength;
    }

    int token(int index) {
        return tokens[index];
    }

    /** All tokens so far; only the first {@link #length} count. */
    int[] tokens() {
        return tokens;
    }
}
