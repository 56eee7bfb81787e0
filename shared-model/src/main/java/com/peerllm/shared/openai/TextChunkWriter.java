package com.peerllm.shared.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the {@code text_completion} events of one choice. Token path: as in {@link ChunkWriter}, only the text is written for each
 * token.
 */
final class TextChunkWriter implements ChoiceWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
    public byte[] begin(boolean textFollows) {
        return echoed.length == 0 ? new byte[0] : text(echoed);
    }

    /** Token path. */
    @Override
    public byte[] text(byte[] utf8) {
        return event(utf8, afterText);
    }

    private byte[] event(byte[] utf8, byte[] after) {
        return new EventBytes(beforeText.length + after.length + utf8.length)
                .add(beforeText)
                .addEscaped(utf8)
                .add(after)
                .toBytes();
    }

    /** One event for the frame; nothing but text and log probabilities can come of a text. */
    @Override
    public byte[] pieces(List<AnswerPiece> pieces) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] after = afterText;
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Text(byte[] utf8)) text.writeBytes(utf8);
            if (piece instanceof AnswerPiece.Logprobs(byte[] entries)) {
                String told = JSON.writeValueAsString(logprobs.of(array(entries)));
                after = bytes(after(told) + envelope.tail());
            }
        }
        return event(text.toByteArray(), after);
    }

    private static String array(byte[] entries) {
        return "[" + new String(entries, StandardCharsets.UTF_8) + "]";
    }

    @Override
    public byte[] finish(FinishReason reason, Optional<String> extrasJson) {
        return bytes(envelope.head() + "{\"text\":\"\",\"index\":" + index
                + ",\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}"
                + extrasJson.map(envelope::tailWith).orElse(envelope.tail()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
