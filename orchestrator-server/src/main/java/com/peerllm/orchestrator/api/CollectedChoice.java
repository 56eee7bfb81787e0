package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.AnswerPiece;
import com.peerllm.orchestrator.jobs.FinishReason;
import com.peerllm.shared.openai.ToolCall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.util.RawValue;

/** One choice of an answer in one piece, put together from what its hosts sent. */
final class CollectedChoice {
    private final int index;
    private final boolean withLogprobs;
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

    CollectedChoice(int index, boolean withLogprobs) {
        this.index = index;
        this.withLogprobs = withLogprobs;
    }

    void add(byte[] utf8) {
        text.writeBytes(utf8);
    }

    void add(AnswerPiece piece) {
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

    void ended(FinishReason why) {
        reason = why;
    }

    Map<String, Object> json() {
        boolean onlyCalls = text.size() == 0 && !calls.isEmpty();
        Map<String, Object> message = JsonAnswer.fields(
                "role",
                "assistant",
                "content",
                onlyCalls ? null : text.toString(StandardCharsets.UTF_8),
                "refusal",
                null);
        if (thoughts.size() > 0) message.put("reasoning_content", thoughts.toString(StandardCharsets.UTF_8));
        if (!calls.isEmpty()) {
            message.put("tool_calls", calls.stream().map(Call::whole).toList());
        }
        return JsonAnswer.fields(
                "index",
                index,
                "message",
                message,
                "logprobs",
                withLogprobs ? logprobs() : null,
                "finish_reason",
                reason.toString());
    }

    private Map<String, Object> logprobs() {
        RawValue entries = new RawValue("[" + logprobs.toString(StandardCharsets.UTF_8) + "]");
        return JsonAnswer.fields("content", entries, "refusal", null);
    }
}
