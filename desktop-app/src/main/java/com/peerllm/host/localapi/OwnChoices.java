package com.peerllm.host.localapi;

import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.host.engine.AskedRequests;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.SamplingParameters;
import com.peerllm.shared.openai.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The one or several answers that this computer makes to one request: no more at a time than the model has free slots, the
 * others as those end. The prompt counts once.
 */
final class OwnChoices {
    /** Programs of this computer share computed prefixes with each other, and with nobody else. */
    private static final String SCOPE = "this computer's programs";

    private final OwnModels own;
    private final OwnModel model;
    private final AnswerHead head;
    private final ChatCompletionRequest chat;
    private final AnswerSink sink;
    private final RandomGenerator random;
    private final List<Generation> begun = new ArrayList<>();
    private int next;
    private int ended;
    private boolean over;
    private Optional<OwnChoice> first = Optional.empty();
    private int completionTokens;
    private int reasoningTokens;

    OwnChoices(
            OwnModels own,
            OwnModel model,
            AnswerHead head,
            ChatCompletionRequest chat,
            AnswerSink sink,
            RandomGenerator random) {
        this.own = own;
        this.model = model;
        this.head = head;
        this.chat = chat;
        this.sink = sink;
        this.random = random;
    }

    void begin(LocalExchange exchange) {
        exchange.whenGone(this::abandon);
        int atOnce = Math.min(chat.choices(), Math.max(1, model.freeSlots()));
        for (int i = 0; i < atOnce; i++) beginNext();
    }

    /** Not synchronized around the engine's call: its thread may already be telling this answer things. */
    private void beginNext() {
        int index;
        synchronized (this) {
            if (over || next == chat.choices()) return;
            index = next++;
        }
        OwnChoice choice = new OwnChoice(this, index, random);
        Generation generation;
        try {
            generation = own.generate(model.digest(), request(index), choice);
        } catch (HostException e) {
            failed(new EngineFailure(EngineErrorCode.START_FAILED, e.sentence()));
            return;
        } catch (EngineException e) {
            failed(e.failure());
            return;
        }
        boolean late;
        synchronized (this) {
            begun.add(generation);
            late = over;
        }
        if (late) generation.cancel();
    }

    private GenerationRequest request(int index) {
        SamplingParameters sampling = chat.sampling();
        if (sampling.seed().isPresent() && index > 0)
            sampling = sampling.withSeed(sampling.seed().getAsLong() + index);
        return new GenerationRequest(
                AskedRequests.prompt(
                        chat.messages(), chat.continued().map(ChatCompletionRequest.Continued::text), chat.options()),
                List.of(),
                AskedRequests.sampling(sampling),
                chat.maxTokens().orElse(GenerationRequest.NO_LIMIT),
                chat.stop(),
                Optional.of(SCOPE),
                chat.options().format(),
                chat.options().topLogprobs());
    }

    synchronized void pieces(int index, List<AnswerPiece> pieces) {
        if (!over) sink.pieces(index, pieces);
    }

    void finished(OwnChoice choice, Finish finish) {
        synchronized (this) {
            if (over) return;
            if (first.isEmpty() || choice.index() < first.get().index()) first = Optional.of(choice);
            completionTokens += finish.completionTokens();
            reasoningTokens += choice.reasoningTokens();
            ended++;
            boolean last = ended == chat.choices();
            sink.ended(choice.index(), FinishReason.of(finish.reason().wireName()), last);
            if (last) {
                over = true;
                sink.finished(Usage.of(
                        first.get().promptTokens(),
                        completionTokens,
                        first.get().cachedTokens(),
                        Math.min(reasoningTokens, completionTokens)));
            }
        }
        beginNext();
    }

    void failed(EngineFailure failure) {
        synchronized (this) {
            if (over) return;
            over = true;
            sink.failed(EngineErrors.of(failure, head.form().promptField()));
        }
        cancelAll();
    }

    private void abandon() {
        synchronized (this) {
            if (over) return;
            over = true;
        }
        cancelAll();
    }

    private void cancelAll() {
        List<Generation> all;
        synchronized (this) {
            all = List.copyOf(begun);
        }
        all.forEach(Generation::cancel);
    }
}
