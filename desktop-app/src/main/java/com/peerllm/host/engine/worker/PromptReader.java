package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.ToWorker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * Turns prompts into token ids on a thread of its own, so that a long chat or a slow template does not keep running answers
 * waiting; a job that is ready goes on to the decode loop.
 */
final class PromptReader {

    /** Something to do for this thread. */
    sealed interface Work {}

    /** A job whose prompt is to be read. */
    record Prepare(Job job) implements Work {}

    /** A job whose inputs are to be read. */
    record Embed(EmbeddingJob job) implements Work {}

    /** A question about tokens. */
    record Answer(ToWorker question) implements Work {}

    private static final EngineFailure NO_EMBEDDINGS = new EngineFailure(
            EngineErrorCode.BAD_REQUEST, "This model answers chats and makes no embeddings. Choose another.");

    /** No text averages more characters per token. */
    static final int LONGEST_TOKEN_CHARACTERS = 256;

    private final Vocabulary vocabulary;
    private final ChatRenderer renderer;
    private final AnswerPlans plans;
    private final int contextLimit;
    private final BlockingQueue<Work> work;
    private final BlockingQueue<Job> ready;
    private final TokenQuestions questions;
    private final Outbox outbox;

    PromptReader(
            Vocabulary vocabulary,
            ChatRenderer renderer,
            AnswerPlans plans,
            Marks marks,
            int contextLimit,
            BlockingQueue<Work> work,
            BlockingQueue<Job> ready,
            Outbox outbox) {
        this.vocabulary = vocabulary;
        this.renderer = renderer;
        this.plans = plans;
        this.contextLimit = contextLimit;
        this.work = work;
        this.ready = ready;
        AnswerAudit audit = new AnswerAudit(vocabulary, renderer, plans, marks);
        this.questions = new TokenQuestions(vocabulary, this::ids, audit::find, outbox);
        this.outbox = outbox;
    }

    /** Runs until the thread is interrupted or the parent no longer reads. */
    void run() throws InterruptedException, IOException {
        while (true) {
            switch (work.take()) {
                case Prepare(Job job) -> prepare(job);
                case Answer(ToWorker question) -> questions.answer(question);
                case Embed(EmbeddingJob job) -> {
                    outbox.failed(job.id(), NO_EMBEDDINGS);
                    outbox.flush();
                }
            }
        }
    }

    private void prepare(Job job) throws IOException, InterruptedException {
        try {
            if (!job.cancelled()) {
                read(job);
            }
            ready.put(job);
        } catch (EngineException e) {
            outbox.failed(job.id(), e.failure());
            outbox.flush();
        }
    }

    private void read(Job job) {
        GenerationRequest request = job.request();
        if (request.prompt() instanceof Prompt.Chat chat) {
            String rendered = renderer.render(chat);
            job.prepare(checked(tokens(rendered), request));
            plans.planChat(job, chat, rendered);
        } else {
            job.prepare(checked(ids(request.prompt()), request));
            plans.planText(job);
        }
    }

    private int[] checked(int[] prompt, GenerationRequest request) {
        vocabulary.known(request.delivered());
        vocabulary.known(List.copyOf(request.sampling().logitBias().keySet()));
        if (prompt.length == 0) throw new EngineException(EngineErrorCode.BAD_REQUEST, "The prompt is empty.");
        int length = prompt.length + request.delivered().size();
        if (length >= contextLimit)
            throw new EngineException(
                    EngineErrorCode.PROMPT_TOO_LONG,
                    "The prompt has " + length + " tokens and leaves no room for an answer: the context is "
                            + contextLimit + " tokens. Shorten it, or choose a longer context.");
        return prompt;
    }

    private int[] ids(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Chat chat -> tokens(renderer.render(chat));
            case Prompt.Text(String text) -> tokens(text);
            case Prompt.Tokens(List<Integer> ids) -> vocabulary.known(ids);
        };
    }

    /** A text that cannot fit whatever its tokens are is not cut into tokens first: that would keep other prompts waiting. */
    private int[] tokens(String text) {
        if (text.length() > (long) LONGEST_TOKEN_CHARACTERS * contextLimit)
            throw new EngineException(
                    EngineErrorCode.PROMPT_TOO_LONG,
                    "The prompt has " + text.length() + " characters, far more than a context of " + contextLimit
                            + " tokens holds. Shorten it.");
        return vocabulary.promptTokens(text);
    }
}
