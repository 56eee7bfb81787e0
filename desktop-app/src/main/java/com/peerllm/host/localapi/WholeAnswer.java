package com.peerllm.host.localapi;

import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.CollectedChoice;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.Usage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.util.RawValue;

/** An answer in one piece: one object when all of it is there. */
final class WholeAnswer implements AnswerSink {
    private final LocalExchange exchange;
    private final AnswerHead head;
    private final ChatCompletionRequest chat;
    private final List<CollectedChoice> choices;

    WholeAnswer(LocalExchange exchange, AnswerHead head, ChatCompletionRequest chat) {
        this.exchange = exchange;
        this.head = head;
        this.chat = chat;
        choices = IntStream.range(0, chat.choices())
                .mapToObj(CollectedChoice::new)
                .toList();
    }

    @Override
    public void pieces(int choice, List<AnswerPiece> pieces) {
        pieces.forEach(choices.get(choice)::add);
    }

    @Override
    public void ended(int choice, FinishReason reason, boolean last) {
        choices.get(choice).ended(reason);
    }

    @Override
    public void finished(Usage usage) {
        Map<String, Object> whole = head.form().whole(head.id(), head.created(), head.model(), choices, usage, chat);
        whole.put("peerllm", new RawValue(head.extrasJson()));
        exchange.json(200, whole);
    }

    @Override
    public void failed(ApiError error) {
        exchange.error(error);
    }
}
