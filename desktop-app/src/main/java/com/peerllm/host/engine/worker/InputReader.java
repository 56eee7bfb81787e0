package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.AuditFinding;
import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.Prompt;
import com.peerllm.shared.openai.EmbeddingInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * Turns the inputs of embedding jobs into token ids on a thread of its own; a job that is ready goes on to the embedding loop.
 * What a thread for prompts is where a model answers chats.
 */
final class InputReader {
    private final Vocabulary vocabulary;
    private final int contextLimit;
    private final BlockingQueue<PromptReader.Work> work;
    private final BlockingQueue<EmbeddingJob> ready;
    private final TokenQuestions questions;
    private final Outbox outbox;

    InputReader(
            Vocabulary vocabulary,
            int contextLimit,
            BlockingQueue<PromptReader.Work> work,
            BlockingQueue<EmbeddingJob> ready,
            Outbox outbox) {
        this.vocabulary = vocabulary;
        this.contextLimit = contextLimit;
        this.work = work;
        this.ready = ready;
        this.questions = new TokenQuestions(vocabulary, this::ids, InputReader::noAudit, outbox);
        this.outbox = outbox;
    }

    /** Runs until the thread is interrupted or the parent no longer reads. */
    void run() throws InterruptedException, IOException {
        while (true) {
            switch (work.take()) {
                case PromptReader.Embed(EmbeddingJob job) -> prepare(job);
                case PromptReader.Answer(var question) -> questions.answer(question);
                case PromptReader.Prepare(Job job) -> {
                    outbox.failed(job.id(), noChats().failure());
                    outbox.flush();
                }
            }
        }
    }

    private void prepare(EmbeddingJob job) throws IOException, InterruptedException {
        try {
            if (!job.cancelled()) job.prepare(read(job));
            ready.put(job);
        } catch (EngineException e) {
            outbox.failed(job.id(), e.failure());
            outbox.flush();
        }
    }

    private List<int[]> read(EmbeddingJob job) {
        List<int[]> all = new ArrayList<>(job.inputs().size());
        for (EmbeddingInput input : job.inputs()) {
            if (job.cancelled()) return all;
            all.add(checked(ids(input), all.size() + 1));
        }
        if (all.isEmpty()) throw new EngineException(EngineErrorCode.BAD_REQUEST, "There is no input.");
        return all;
    }

    private int[] checked(int[] ids, int place) {
        if (ids.length == 0)
            throw new EngineException(EngineErrorCode.BAD_REQUEST, "Input " + place + " has no token.");
        if (ids.length > contextLimit)
            throw new EngineException(
                    EngineErrorCode.PROMPT_TOO_LONG,
                    "Input " + place + " has " + ids.length + " tokens; the model takes at most " + contextLimit
                            + ". Shorten it, or cut it into several inputs.");
        return ids;
    }

    private int[] ids(EmbeddingInput input) {
        return switch (input) {
            case EmbeddingInput.Text(String text) -> text(text);
            case EmbeddingInput.Tokens(List<Integer> ids) -> vocabulary.known(ids);
        };
    }

    private int[] ids(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Text(String text) -> text(text);
            case Prompt.Tokens(List<Integer> ids) -> vocabulary.known(ids);
            case Prompt.Chat _ -> throw noChats();
        };
    }

    /** A text that cannot fit whatever its tokens are is not cut into tokens first. */
    private int[] text(String text) {
        if (text.length() > (long) PromptReader.LONGEST_TOKEN_CHARACTERS * contextLimit)
            throw new EngineException(
                    EngineErrorCode.PROMPT_TOO_LONG,
                    "An input has " + text.length() + " characters; the model takes at most " + contextLimit
                            + " tokens. Shorten it, or cut it into several inputs.");
        return vocabulary.markedTokens(text);
    }

    private static AuditFinding noAudit(AuditRequest request) {
        throw noChats();
    }

    private static EngineException noChats() {
        return new EngineException(new EngineFailure(
                EngineErrorCode.BAD_REQUEST, "This model makes embeddings and answers no chats. Choose another."));
    }
}
