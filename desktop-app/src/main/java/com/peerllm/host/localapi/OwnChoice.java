package com.peerllm.host.localapi;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.shared.openai.AnswerPiece;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Hears one answer of the engine and says it in pieces of the OpenAI API. Token path: {@link #tokens} runs once for each step. */
final class OwnChoice implements GenerationListener {
    private static final int CALL_ID_BYTES = 12;

    private final OwnChoices all;
    private final int index;
    private final RandomGenerator random;
    private int promptTokens;
    private int cachedTokens;
    private int reasoningTokens;
    private int calls;

    OwnChoice(OwnChoices all, int index, RandomGenerator random) {
        this.all = all;
        this.index = index;
        this.random = random;
    }

    int index() {
        return index;
    }

    int promptTokens() {
        return promptTokens;
    }

    int cachedTokens() {
        return cachedTokens;
    }

    /** Those that added thinking and nothing else. */
    int reasoningTokens() {
        return reasoningTokens;
    }

    @Override
    public void started(int prompt, int cached) {
        promptTokens = prompt;
        cachedTokens = cached;
    }

    @Override
    public void tokens(int[] ids, AnswerChunk chunk) {
        if (chunk.isEmpty()) return;
        if (!chunk.parted()) {
            all.pieces(index, List.of(new AnswerPiece.Text(chunk.bytes())));
            return;
        }
        List<Part> parts = chunk.parts();
        if (onlyThinks(parts)) reasoningTokens += ids.length;
        List<AnswerPiece> pieces = new ArrayList<>(parts.size());
        for (Part part : parts) if (part.utf8().length > 0) pieces.add(piece(part));
        if (!pieces.isEmpty()) all.pieces(index, pieces);
    }

    private static boolean onlyThinks(List<Part> parts) {
        boolean thinks = false;
        for (Part part : parts) {
            if (part.channel() == Channel.REASONING) thinks = true;
            else if (part.channel() != Channel.LOGPROBS) return false;
        }
        return thinks;
    }

    private AnswerPiece piece(Part part) {
        byte[] utf8 = part.utf8();
        return switch (part.channel()) {
            case CONTENT -> new AnswerPiece.Text(utf8);
            case REASONING -> new AnswerPiece.Thought(utf8);
            case TOOL_CALL -> new AnswerPiece.Call(calls++, callId(), new String(utf8, StandardCharsets.UTF_8));
            case TOOL_ARGUMENTS -> new AnswerPiece.Arguments(calls - 1, utf8);
            // The brackets of the array stand around those of the whole choice.
            case LOGPROBS -> new AnswerPiece.Logprobs(Arrays.copyOfRange(utf8, 1, utf8.length - 1));
        };
    }

    private String callId() {
        byte[] bytes = new byte[CALL_ID_BYTES];
        random.nextBytes(bytes);
        return "call_" + HexFormat.of().formatHex(bytes);
    }

    @Override
    public void finished(Finish finish) {
        if (finish.reason() == Finish.Reason.CANCELLED) {
            all.failed(new EngineFailure(EngineErrorCode.STOPPED, "This computer ended the answer."));
        } else {
            all.finished(this, finish);
        }
    }

    @Override
    public void failed(EngineFailure failure) {
        all.failed(failure);
    }
}
