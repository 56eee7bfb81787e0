package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.format.AnswerPlan;
import com.peerllm.host.engine.format.Bounds;
import com.peerllm.host.engine.format.ThinkingBudget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One answer on its way through the worker: what is asked, and every token of prompt and answer so far. */
final class Job {
    private final long id;
    private final GenerationRequest request;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private int[] tokens = {};
    private int length;
    private int promptLength;
    private int mostTokens;
    private AnswerPlan plan = AnswerPlan.plain(List.of());
    private ThinkingBudget budget = ThinkingBudget.NONE;
    private final Map<Bounds.Grammar, Grammar> grammars = new HashMap<>();

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
    void cancel() {
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

    /** Sets how the answer is read and how long it may get. */
    void prepare(AnswerPlan newPlan, ThinkingBudget newBudget, int mostAnswerTokens) {
        plan = newPlan;
        budget = newBudget;
        mostTokens = mostAnswerTokens;
    }

    AnswerPlan plan() {
        return plan;
    }

    ThinkingBudget budget() {
        return budget;
    }

    /** Tokens that the whole answer can have. */
    int mostTokens() {
        return mostTokens;
    }

    /** The grammar as llama.cpp has read it, once for this job; it is freed when the job ends. */
    Grammar grammar(Bounds.Grammar wanted, Grammars grammarsOfModel) {
        return grammars.computeIfAbsent(wanted, grammar -> grammarsOfModel.read(grammar.gbnf()));
    }

    /** Frees what was made for this job only. */
    void free() {
        grammars.values().forEach(Grammar::close);
        grammars.clear();
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

    /** The ids of the answer so far. */
    int[] answer() {
        return Arrays.copyOfRange(tokens, promptLength, length);
    }

    int token(int index) {
        return tokens[index];
    }

    /** All tokens so far; only the first {@link #length} count. */
    int[] tokens() {
        return tokens;
    }
}
