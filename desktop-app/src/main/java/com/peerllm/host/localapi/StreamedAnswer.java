package com.peerllm.host.localapi;

import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ChunkEnvelope;
import com.peerllm.shared.openai.FinishReason;
import com.peerllm.shared.openai.StreamedChoice;
import com.peerllm.shared.openai.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** An answer as server-sent events, each when it is there. Token path: one array for each step. */
final class StreamedAnswer implements AnswerSink {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalExchange exchange;
    private final AnswerHead head;
    private final ChunkEnvelope envelope;
    private final List<StreamedChoice> choices;
    private final boolean includeUsage;

    StreamedAnswer(LocalExchange exchange, AnswerHead head, ChatCompletionRequest chat) {
        this.exchange = exchange;
        this.head = head;
        includeUsage = chat.includeUsage();
        envelope = ChunkEnvelope.of(
                head.form().chunkObject(),
                head.id(),
                head.created(),
                JSON.writeValueAsString(head.model()),
                includeUsage);
        choices = IntStream.range(0, chat.choices())
                .mapToObj(index -> new StreamedChoice(head.form().writer(envelope, index, chat)))
                .toList();
    }

    @Override
    public void pieces(int choice, List<AnswerPiece> pieces) {
        StreamedChoice to = choices.get(choice);
        boolean onlyText = pieces.size() == 1 && pieces.getFirst() instanceof AnswerPiece.Text;
        write(onlyText ? to.text(((AnswerPiece.Text) pieces.getFirst()).utf8()) : to.pieces(pieces));
    }

    @Override
    public void ended(int choice, FinishReason reason, boolean last) {
        write(choices.get(choice).finish(reason, last ? Optional.of(head.extrasJson()) : Optional.empty()));
    }

    @Override
    public void finished(Usage usage) {
        if (includeUsage) write(envelope.usage(JSON.writeValueAsString(usage)));
        write(ChunkEnvelope.DONE.getBytes(StandardCharsets.UTF_8));
        exchange.end();
    }

    @Override
    public void failed(ApiError error) {
        exchange.error(error);
    }

    private void write(byte[] events) {
        exchange.begin(200, "text/event-stream; charset=utf-8");
        exchange.write(events);
    }
}
