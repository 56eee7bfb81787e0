package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.CollectedChoice;
import com.peerllm.shared.openai.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An answer in one piece: one object when all of it is there. Lives on the event loop. */
final class JsonAnswer implements Answer {
    private final Exchange exchange;
    private final AnswerForm form;
    private final String completionId;
    private final long created;
    private final String model;
    private final String receiptId;
    private final ChatCompletionRequest chat;
    private final List<CollectedChoice> choices;

    JsonAnswer(
            Exchange exchange,
            AnswerForm form,
            String completionId,
            long created,
            String model,
            String receiptId,
            ChatCompletionRequest chat) {
        this.exchange = exchange;
        this.form = form;
        this.completionId = completionId;
        this.created = created;
        this.model = model;
        this.receiptId = receiptId;
        this.chat = chat;
        this.choices = IntStream.range(0, chat.choices())
                .mapToObj(index -> new CollectedChoice(index))
                .toList();
    }

    @Override
    public void held(Credits atMost) {
        exchange.held(atMost);
    }

    @Override
    public void begins(Duration waited) {
        exchange.waited(waited);
    }

    @Override
    public void text(int choice, byte[] utf8) {
        choices.get(choice).add(utf8);
    }

    @Override
    public void pieces(int choice, List<AnswerPiece> pieces) {
        pieces.forEach(choices.get(choice)::add);
    }

    @Override
    public boolean isPiecewise() {
        return false;
    }

    @Override
    public void ended(int choice, FinishReason reason) {
        choices.get(choice).ended(reason);
    }

    @Override
    public void finish(int choice, FinishReason reason, Summary summary) {
        ended(choice, reason);
        exchange.response.putHeader("x-peerllm-receipt", receiptId);
        Map<String, Object> whole = form.whole(completionId, created, model, choices, summary.usage(), chat);
        whole.put("peerllm", Extras.of(summary.parts(), receiptId));
        exchange.json(200, whole);
    }

    @Override
    public void fail(ApiError error) {
        exchange.error(error);
    }

    @Override
    public void over(long paidTokens) {
        exchange.tokensUsed(paidTokens);
    }
}
