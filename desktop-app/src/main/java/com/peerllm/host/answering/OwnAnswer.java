package com.peerllm.host.answering;

import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.shared.wire.AnswerChunk;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Hears the engine of this computer and tells the person. */
final class OwnAnswer implements GenerationListener {
    private final RunningAnswer answer;
    private int promptTokens;

    OwnAnswer(RunningAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void started(int prompt, int cached) {
        promptTokens = prompt;
    }

    @Override
    public void tokens(int[] ids, AnswerChunk chunk) {
        for (AnswerChunk.Part part : chunk.parts()) {
            String text = new String(part.utf8(), StandardCharsets.UTF_8);
            switch (part.channel()) {
                case CONTENT -> answer.text(text);
                case REASONING -> answer.reasoning(text);
                case TOOL_CALL, TOOL_ARGUMENTS, LOGPROBS -> {
                    // Nobody asked for them.
                }
            }
        }
    }

    @Override
    public void finished(Finish finish) {
        answer.done(new Assistant.Outcome(
                finish.reason().wireName(), promptTokens, finish.completionTokens(), Optional.empty()));
    }

    @Override
    public void failed(EngineFailure failure) {
        answer.failed(failure.sentence());
    }
}
