package com.peerllm.host.session;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.wire.AnswerChunk;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers that the test makes token by token, for what a real engine does too fast or too rarely to be caught. */
final class ScriptedAnswers implements AnswerSource {
    private final BlockingQueue<Answer> asked = new LinkedBlockingQueue<>();

    @Override
    public Generation generate(GenerationRequest request, GenerationListener listener) {
        Answer answer = new Answer(request, listener);
        asked.add(answer);
        return answer;
    }

    Answer next() throws InterruptedException {
        Answer answer = asked.poll(20, TimeUnit.SECONDS);
        if (answer == null) throw new AssertionError("The engine was not asked");
        return answer;
    }

    int notTaken() {
        return asked.size();
    }

    /** One answer under way. */
    static final class Answer implements Generation {
        final GenerationRequest request;
        final GenerationListener listener;
        volatile boolean cancelled;

        private Answer(GenerationRequest request, GenerationListener listener) {
            this.request = request;
            this.listener = listener;
        }

        Answer token(int id, String text) {
            listener.tokens(new int[] {id}, AnswerChunk.plain(text.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        void finish() {
            listener.finished(new Finish(Finish.Reason.STOP, 0));
        }

        void lose() {
            listener.failed(new EngineFailure(EngineErrorCode.ENGINE_LOST, "The engine process ended."));
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
