package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.ToWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;

/**
 * Turns prompts into token ids on a thread of its own, so that a long chat or a slow template does not keep running answers
 * waiting; a job that is ready goes on to the decode loop.
 */
final class PromptReader {

    /** Something to do for this thread. */
    sealed interface Work {}

    /** A job whose prompt is to be read. */
    record Prepare(Job job) implements Work {}

    /** A question about tokens. */
    record Answer(ToWorker question) implements Work {}

    /** No text averages more characters per token. */
    private static final int LONGEST_TOKEN_CHARACTERS = 256;

    private final Vocabulary vocabulary;
    private final ChatRenderer renderer;
    private final AnswerPlans plans;
    private final int contextLimit;
    private final BlockingQueue<Work> work;
    private final BlockingQueue<Job> ready;
    private final Outbox outbox;

    PromptReader(
            Vocabulary vocabulary,
            ChatRenderer renderer,
            AnswerPlans plans,
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
        this.outbox = outbox;
    }

    /** Runs until the thread is interrupted or the parent no longer reads. */
    void run() throws InterruptedException, IOException {
        while (true) {
            switch (work.take()) {
                case Prepare(Job job) -> prepare(job);
                case Answer(ToWorker.Tokenize(long call, Prompt prompt)) -> tokenize(call, prompt);
                case Answer(ToWorker.Detokenize(long call, List<Integer> ids)) -> detokenize(call, ids);
                case Answer(ToWorker other) ->
                    throw new IllegalStateException("No question about tokens: " + other.getClass());
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
        requireKnown(request.delivered());
        request.sampling().logitBias().keySet().forEach(this::requireKnown);
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
            case Prompt.Tokens(List<Integer> ids) -> {
                requireKnown(ids);
                yield ids.stream().mapToInt(Integer::intValue).toArray();
            }
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

    private void tokenize(long call, Prompt prompt) throws IOException {
        try {
            outbox.send(new FromWorker.Tokenized(
                    call, IntStream.of(ids(prompt)).boxed().toList()));
        } catch (EngineException e) {
            outbox.send(new FromWorker.CallFailed(call, e.failure()));
        }
    }

    private void detokenize(long call, List<Integer> ids) throws IOException {
        try {
            requireKnown(ids);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int id : ids) bytes.writeBytes(vocabulary.readPiece(id));
            outbox.send(new FromWorker.Detokenized(call, bytes.toString(StandardCharsets.UTF_8)));
        } catch (EngineException e) {
            outbox.send(new FromWorker.CallFailed(call, e.failure()));
        }
    }

    private void requireKnown(List<Integer> ids) {
        ids.forEach(this::requireKnown);
    }

    private void requireKnown(int id) {
        if (!vocabulary.contains(id))
            throw new EngineException(new EngineFailure(
                    EngineErrorCode.BAD_REQUEST,
                    "The token id " + id + " is not in the model's vocabulary of " + vocabulary.size() + "."));
    }
}
