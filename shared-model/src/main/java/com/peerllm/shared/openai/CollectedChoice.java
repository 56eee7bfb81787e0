package com.peerllm.shared.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One choice of an answer in one piece, put together from what its hosts sent. */
public final class CollectedChoice {
    private final int index;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final ByteArrayOutputStream thoughts = new ByteArrayOutputStream();
    private final ByteArrayOutputStream logprobs = new ByteArrayOutputStream();
    private final List<Call> calls = new ArrayList<>();
    private FinishReason reason = FinishReason.STOP;

    private record Call(String id, String name, ByteArrayOutputStream arguments) {
        ToolCall whole() {
            return new ToolCall(id, new ToolCall.Function(name, arguments.toString(StandardCharsets.UTF_8)));
        }
    }

    public CollectedChoice(int index) {
        this.index = index;
    }

    public void add(byte[] utf8) {
        text.writeBytes(utf8);
    }

    public void add(AnswerPiece piece) {
        switch (piece) {
            case AnswerPiece.Text(byte[] utf8) -> add(utf8);
            case AnswerPiece.Thought(byte[] utf8) -> thoughts.writeBytes(utf8);
            case AnswerPiece.Call(int at, String id, String name) ->
                calls.add(new Call(id, name, new ByteArrayOutputStream()));
            case AnswerPiece.Arguments(int at, byte[] utf8) ->
                calls.get(at).arguments().writeBytes(utf8);
            case AnswerPiece.Logprobs(byte[] entries) -> {
                if (logprobs.size() > 0) logprobs.write(',');
                logprobs.writeBytes(entries);
            }
        }
    }

    public void ended(FinishReason why) {
        reason = why;
    }

    public int index() {
        return index;
    }

    public FinishReason reason() {
        return reason;
    }

    public String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    public String thoughts() {
        return thoughts.toString(StandardCharsets.UTF_8);
    }

    public List<ToolCall> calls() {
        return calls.stream().map(Call::whole).toList();
    }

    /** A JSON array of what hosts told of each token. */
    public String logprobsJson() {
        return "[" + logprobs.toString(StandardCharsets.UTF_8) + "]";
    }
}
