package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.AnswerPiece;
import com.peerllm.orchestrator.jobs.FinishReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes the {@code text_completion} events of one choice. Token path: as in {@link ChunkWriter}, only the text is written for each
 * token.
 */
final class TextChunkWriter implements ChoiceWriter {
    private final ChunkEnvelope envelope;
    private final int index;
    private final byte[] echoed;
    private final byte[] beforeText;
    private final byte[] afterText;
    private final TextLogprobs logprobs = new TextLogprobs();

    /** @param echoed what the answer begins with; may be nothing */
    TextChunkWriter(ChunkEnvelope envelope, int index, String echoed) {
        this.envelope = envelope;
        this.index = index;
        this.echoed = bytes(echoed);
        beforeText = bytes(envelope.head() + "{\"text\":\"");
        afterText = bytes(after("null") + envelope.tail());
    }

    private String after(String logprobsJson) {
        return "\",\"index\":" + index + ",\"logprobs\":" + logprobsJson + ",\"finish_reason\":null}";
    }

    @Override
    public Buffer begin(boolean textFollows) {
        return echoed.length == 0 ? Buffer.buffer() : text(echoed);
    }

    /** Token path. */
    @Override
    public Buffer text(byte[] utf8) {
        return event(utf8, afterText);
    }

    private Buffer event(byte[] utf8, byte[] after) {
        ByteBuf out = Unpooled.buffer(beforeText.length + after.length + utf8.length + 16);
        out.writeBytes(beforeText);
        ChunkWriter.writeEscaped(out, utf8);
        out.writeBytes(after);
        return BufferInternal.buffer(out);
    }

    /** One event for the frame; nothing but text and log probabilities can come of a text. */
    @Override
    public Buffer pieces(List<AnswerPiece> pieces) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] after = afterText;
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Text(byte[] utf8)) text.writeBytes(utf8);
            if (piece instanceof AnswerPiece.Logprobs(byte[] entries)) {
                String told = new String(Exchange.toJson(logprobs.of(array(entries))), StandardCharsets.UTF_8);
                after = bytes(after(told) + envelope.tail());
            }
        }
        return event(text.toByteArray(), after);
    }

    private static String array(byte[] entries) {
        return "[" + new String(entries, StandardCharsets.UTF_8) + "]";
    }

    @Override
    public Buffer finish(FinishReason reason, Optional<String> extrasJson) {
        return Buffer.buffer(envelope.head() + "{\"text\":\"\",\"index\":" + index
                + ",\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}"
                + extrasJson.map(envelope::tailWith).orElse(envelope.tail()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
