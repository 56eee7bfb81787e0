package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.AnswerPiece;
import com.peerllm.orchestrator.jobs.FinishReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes the {@code chat.completion.chunk} events of one choice. Token path: everything around the text is made once, and
 * the text goes from the host's frame into the event byte by byte, with no lock, no JSON tree and no string between.
 */
final class ChunkWriter implements ChoiceWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_LOGPROBS = bytes("},\"logprobs\":null");
    private static final byte[] BEFORE_LOGPROBS = bytes("},\"logprobs\":{\"content\":[");
    private static final byte[] AFTER_LOGPROBS = bytes("],\"refusal\":null}");
    private static final byte[] CONTENT = bytes("\"content\":\"");
    private static final byte[] REASONING = bytes("\"reasoning_content\":\"");

    private final ChunkEnvelope envelope;
    private final String choice;
    private final byte[] beforeDelta;
    private final byte[] afterLogprobs;
    private final byte[] beforeText;
    private final byte[] afterText;

    /** @param index the choice's place in the answer */
    ChunkWriter(ChunkEnvelope envelope, int index) {
        this.envelope = envelope;
        choice = envelope.head() + "{\"index\":" + index + ",\"delta\":{";
        String unfinished = ",\"finish_reason\":null}" + envelope.tail();
        beforeDelta = bytes(choice);
        afterLogprobs = bytes(unfinished);
        beforeText = bytes(choice + "\"content\":\"");
        afterText = bytes("\"},\"logprobs\":null" + unfinished);
    }

    /** The role, with no text in it; {@code null} for the text when something else comes first. */
    @Override
    public Buffer begin(boolean textFollows) {
        return Buffer.buffer(choice + "\"role\":\"assistant\",\"content\":" + (textFollows ? "\"\"" : "null")
                + "},\"logprobs\":null,\"finish_reason\":null}" + envelope.tail());
    }

    /** Token path. */
    @Override
    public Buffer text(byte[] utf8) {
        ByteBuf out = Unpooled.buffer(beforeText.length + afterText.length + utf8.length + 16);
        out.writeBytes(beforeText);
        writeEscaped(out, utf8);
        out.writeBytes(afterText);
        return BufferInternal.buffer(out);
    }

    /** An event for each piece; the log probabilities go with the first of them. */
    @Override
    public Buffer pieces(List<AnswerPiece> pieces) {
        byte[] logprobs = new byte[0];
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Logprobs(byte[] entries)) logprobs = entries;
        }
        ByteBuf out = Unpooled.buffer(512);
        boolean written = false;
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Logprobs && pieces.size() > 1) continue;
            out.writeBytes(beforeDelta);
            writeDelta(out, piece);
            writeLogprobs(out, written ? new byte[0] : logprobs);
            out.writeBytes(afterLogprobs);
            written = true;
        }
        return BufferInternal.buffer(out);
    }

    private static void writeDelta(ByteBuf out, AnswerPiece piece) {
        switch (piece) {
            case AnswerPiece.Text(byte[] utf8) -> writeQuoted(out, CONTENT, utf8);
            case AnswerPiece.Thought(byte[] utf8) -> writeQuoted(out, REASONING, utf8);
            case AnswerPiece.Call(int index, String id, String name) ->
                out.writeBytes(bytes("\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"\"}}]"));
            case AnswerPiece.Arguments(int index, byte[] utf8) -> {
                writeQuoted(
                        out, bytes("\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":\""), utf8);
                out.writeBytes(bytes("}}]"));
            }
            case AnswerPiece.Logprobs alone -> {}
        }
    }

    private static void writeQuoted(ByteBuf out, byte[] before, byte[] utf8) {
        out.writeBytes(before);
        writeEscaped(out, utf8);
        out.writeByte('"');
    }

    private static void writeLogprobs(ByteBuf out, byte[] entries) {
        if (entries.length == 0) {
            out.writeBytes(NO_LOGPROBS);
        } else {
            out.writeBytes(BEFORE_LOGPROBS).writeBytes(entries).writeBytes(AFTER_LOGPROBS);
        }
    }

    @Override
    public Buffer finish(FinishReason reason, Optional<String> extrasJson) {
        return Buffer.buffer(choice + "},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}"
                + extrasJson.map(envelope::tailWith).orElse(envelope.tail()));
    }

    /** JSON's rules (RFC 8259, section 7): quotation mark, backslash and control characters; all else as it is. */
    static void writeEscaped(ByteBuf out, byte[] utf8) {
        for (byte each : utf8) {
            switch (each) {
                case '"' -> out.writeByte('\\').writeByte('"');
                case '\\' -> out.writeByte('\\').writeByte('\\');
                case '\n' -> out.writeByte('\\').writeByte('n');
                case '\r' -> out.writeByte('\\').writeByte('r');
                case '\t' -> out.writeByte('\\').writeByte('t');
                default -> {
                    if (each >= 0 && each < 0x20) {
                        out.writeBytes(new byte[] {'\\', 'u', '0', '0', HEX[each >> 4], HEX[each & 15]});
                    } else {
                        out.writeByte(each);
                    }
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
