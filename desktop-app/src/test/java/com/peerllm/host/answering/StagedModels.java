package com.peerllm.host.answering;

import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.EmbeddingInput;
import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Models whose answers the test makes token by token, as an engine would tell them. */
public final class StagedModels implements OwnModels {
    public static final ModelDigest DIGEST = new ModelDigest("ab".repeat(32));
    public static final List<String> CHATS =
            List.of("chat", "completions", "tools", "json_schema", "logprobs", "reasoning", "audit");

    public volatile List<OwnModel> models = List.of(model("sprout", 2));
    private final BlockingQueue<Answer> asked = new LinkedBlockingQueue<>();
    public final BlockingQueue<EmbeddingListener> embeddings = new LinkedBlockingQueue<>();

    public static OwnModel model(String name, int freeSlots) {
        return new OwnModel(name, DIGEST, CHATS, 768, freeSlots);
    }

    @Override
    public List<OwnModel> list() {
        return models;
    }

    @Override
    public Generation generate(ModelDigest model, GenerationRequest request, GenerationListener listener) {
        Answer answer = new Answer(request, listener);
        asked.add(answer);
        return answer;
    }

    @Override
    public Generation embed(ModelDigest model, List<EmbeddingInput> inputs, EmbeddingListener listener) {
        embeddings.add(listener);
        return () -> {};
    }

    /** The answer that was asked for next. */
    public Answer next() throws InterruptedException {
        Answer answer = asked.poll(20, TimeUnit.SECONDS);
        if (answer == null) throw new AssertionError("No answer was asked for");
        return answer;
    }

    public int waiting() {
        return asked.size();
    }

    /** One answer under way. */
    public static final class Answer implements Generation {
        public final GenerationRequest request;
        private final GenerationListener listener;
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private int tokens;

        private Answer(GenerationRequest request, GenerationListener listener) {
            this.request = request;
            this.listener = listener;
        }

        public Answer started(int promptTokens, int cachedTokens) {
            listener.started(promptTokens, cachedTokens);
            return this;
        }

        public Answer says(String... texts) {
            for (String text : texts) tell(AnswerChunk.plain(text.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        /** Channels and texts in turn, in one step. */
        public Answer parts(Object... channelsAndTexts) {
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < channelsAndTexts.length; i += 2) {
                String text = (String) channelsAndTexts[i + 1];
                parts.add(new Part((Channel) channelsAndTexts[i], text.getBytes(StandardCharsets.UTF_8)));
            }
            tell(AnswerChunk.of(parts));
            return this;
        }

        private void tell(AnswerChunk chunk) {
            listener.tokens(new int[] {++tokens}, chunk);
        }

        public void ends(Finish.Reason reason) {
            listener.finished(new Finish(reason, tokens));
        }

        public void fails(EngineErrorCode code) {
            listener.failed(new EngineFailure(code, "The engine process ended. Try again."));
        }

        @Override
        public void cancel() {
            if (cancelled.getCount() == 0) return;
            cancelled.countDown();
            listener.finished(new Finish(Finish.Reason.CANCELLED, tokens));
        }

        public boolean isCancelledSoon() throws InterruptedException {
            return cancelled.await(20, TimeUnit.SECONDS);
        }

        public boolean isCancelled() {
            return cancelled.getCount() == 0;
        }
    }
}
