package com.peerllm.shared.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes the {@code chat.completion.chunk} events of one choice. Token path: everything around the text is made once, and
 * the text goes from the host's frame into the event byte by byte, with no lock, no JSON tree and no string between.
 */
final class ChunkWriter implements ChoiceWriter {
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
    public byte[] begin(boolean textFollows) {
        return bytes(choice + "\"role\":\"assistant\",\"content\":" + (textFollows ? "\"\"" : "null")
                + "},\"logprobs\":null,\"finish_reason\":null}" + envelope.tail());
    }

    /** Token path. */
    @Override
    public byte[] text(byte[] utf8) {
        return new EventBytes(beforeText.length + afterText.length + utf8.length)
                .add(beforeText)
                .addEscaped(utf8)
                .add(afterText)
                .toBytes();
    }

    /** An event for each piece; the log probabilities go with the first of them. */
    @Override
    public byte[] pieces(List<AnswerPiece> pieces) {
        byte[] logprobs = new byte[0];
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Logprobs(byte[] entries)) logprobs = entries;
        }
        EventBytes out = new EventBytes(512);
        boolean written = false;
        for (AnswerPiece piece : pieces) {
            if (piece instanceof AnswerPiece.Logprobs && pieces.size() > 1) continue;
            out.add(beforeDelta);
            writeDelta(out, piece);
            writeLogprobs(out, written ? new byte[0] : logprobs);
            out.add(afterLogprobs);
            written = true;
        }
        return out.toBytes();
    }

    private static void writeDelta(EventBytes out, AnswerPiece piece) {
        switch (piece) {
            case AnswerPiece.Text(byte[] utf8) -> writeQuoted(out, CONTENT, utf8);
            case AnswerPiece.Thought(byte[] utf8) -> writeQuoted(out, REASONING, utf8);
            case AnswerPiece.Call(int index, String id, String name) ->
                out.add(bytes("\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"\"}}]"));
            case AnswerPiece.Arguments(int index, byte[] utf8) -> {
                writeQuoted(
                        out, bytes("\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":\""), utf8);
                out.add(bytes("}}]"));
            }
            case AnswerPiece.Logprobs alone -> {}
        }
    }

    private static void writeQuoted(EventBytes out, byte[] before, byte[] utf8) {
        out.add(before);
        out.addEscaped(utf8).add("\"");
    }

    private static void writeLogprobs(EventBytes out, byte[] entries) {
        if (entries.length == 0) {
            out.add(NO_LOGPROBS);
        } else {
            out.add(BEFORE_LOGPROBS).add(entries).add(AFTER_LOGPROBS);
        }
    }

    @Override
    public byte[] finish(FinishReason reason, Optional<String> extrasJson) {
        return bytes(choice + "},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}"
                + extrasJson.map(envelope::tailWith).orElse(envelope.tail()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
