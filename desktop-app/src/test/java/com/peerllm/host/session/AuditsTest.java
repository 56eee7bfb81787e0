package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.AuditFinding;
import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.Prompt;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator.AuditOffer;
import com.peerllm.shared.wire.JobFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Audit offers at a host, over a real socket. */
@Timeout(60)
class AuditsTest {
    private static final AuditFinding FOUND = new AuditFinding(12, true, "ab".repeat(32));

    @TempDir
    Path folder;

    private TestOrchestrator orchestrator;
    private SessionTester host;

    @BeforeEach
    void connect() throws Exception {
        orchestrator = new TestOrchestrator();
        host = new SessionTester(folder, orchestrator.address());
        host.connect();
    }

    @AfterEach
    void close() {
        host.close();
        orchestrator.close();
    }

    @Test
    void readsAnotherHostsPartAgainAndTellsWhatItFound() throws Exception {
        BlockingQueue<AuditRequest> asked = new LinkedBlockingQueue<>();
        host.audited = request -> {
            asked.add(request);
            return CompletableFuture.completedFuture(FOUND);
        };
        orchestrator.say(offer(7, SessionTester.DIGEST));

        assertThat(orchestrator.next(FromHost.AuditDone.class))
                .isEqualTo(new FromHost.AuditDone(7, 12, true, FOUND.said()));
        AuditRequest request = asked.take();
        assertThat(((Prompt.Chat) request.prompt()).messagesJson()).contains("Hello!");
        assertThat(request.before()).containsExactly(5, 6);
        assertThat(request.ids()).containsExactly(7, 8);
        assertThat(request.stop()).containsExactly("x");
        assertThat(request.ended()).isTrue();
        assertThat(request.toString()).doesNotContain("Hello!");
    }

    @Test
    void saysWhyItCannot() throws Exception {
        orchestrator.say(offer(1, new ModelDigest("00".repeat(32))));
        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.MODEL_NOT_LOADED);

        host.audited = request -> CompletableFuture.failedFuture(
                new EngineException(EngineErrorCode.STOPPED, "The engine is not running."));
        orchestrator.say(offer(2, SessionTester.DIGEST));
        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.HOST_PAUSED);
    }

    @Test
    void checksFewAnswersAtOnce() throws Exception {
        BlockingQueue<CompletableFuture<AuditFinding>> open = new LinkedBlockingQueue<>();
        host.audited = request -> {
            CompletableFuture<AuditFinding> finding = new CompletableFuture<>();
            open.add(finding);
            return finding;
        };
        for (int i = 1; i <= AuditDesk.MOST_AT_ONCE + 1; i++) orchestrator.say(offer(i, SessionTester.DIGEST));
        assertThat(orchestrator.next(FromHost.JobFailed.class).code()).isEqualTo(JobFailure.BUSY);

        open.take().complete(FOUND);
        orchestrator.next(FromHost.AuditDone.class);
        host.audited = request -> CompletableFuture.completedFuture(FOUND);
        orchestrator.say(offer(100, SessionTester.DIGEST));
        assertThat(orchestrator.next(FromHost.AuditDone.class).stream()).isEqualTo(100);
    }

    private static AuditOffer offer(long stream, ModelDigest model) {
        return new AuditOffer(
                stream,
                model,
                List.of(ChatMessage.of("user", "Hello!")),
                Optional.empty(),
                AnswerOptions.PLAIN,
                List.of("x"),
                List.of(5, 6),
                List.of(7, 8),
                true);
    }
}
