package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.AuditFinding;
import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.FromWorker;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.ToWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Answers what the parent asks about tokens: the ids of a prompt, the text of ids, what an answer says. */
final class TokenQuestions {
    private final Vocabulary vocabulary;
    private final Function<Prompt, int[]> ids;
    private final Function<AuditRequest, AuditFinding> audits;
    private final Outbox outbox;

    /**
     * @param ids how this model reads a prompt
     * @param audits how it reads an answer again
     */
    TokenQuestions(
            Vocabulary vocabulary,
            Function<Prompt, int[]> ids,
            Function<AuditRequest, AuditFinding> audits,
            Outbox outbox) {
        this.vocabulary = vocabulary;
        this.ids = ids;
        this.audits = audits;
        this.outbox = outbox;
    }

    void answer(ToWorker question) throws IOException {
        switch (question) {
            case ToWorker.Tokenize(long call, Prompt prompt) -> tokenize(call, prompt);
            case ToWorker.Detokenize(long call, List<Integer> wanted) -> detokenize(call, wanted);
            case ToWorker.Audit(long call, AuditRequest request) -> audit(call, request);
            default -> throw new IllegalStateException("No question about tokens: " + question.getClass());
        }
    }

    private void tokenize(long call, Prompt prompt) throws IOException {
        try {
            outbox.send(new FromWorker.Tokenized(
                    call, IntStream.of(ids.apply(prompt)).boxed().toList()));
        } catch (EngineException e) {
            outbox.send(new FromWorker.CallFailed(call, e.failure()));
        }
    }

    private void audit(long call, AuditRequest request) throws IOException {
        try {
            outbox.send(new FromWorker.Audited(call, audits.apply(request)));
        } catch (EngineException e) {
            outbox.send(new FromWorker.CallFailed(call, e.failure()));
        }
    }

    private void detokenize(long call, List<Integer> wanted) throws IOException {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int id : vocabulary.known(wanted)) bytes.writeBytes(vocabulary.readPiece(id));
            outbox.send(new FromWorker.Detokenized(call, bytes.toString(StandardCharsets.UTF_8)));
        } catch (EngineException e) {
            outbox.send(new FromWorker.CallFailed(call, e.failure()));
        }
    }
}
