package com.peerllm.host.diagnostics;

import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.EngineFailure;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.Finish;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.modelstore.StarterModel;
import com.peerllm.shared.wire.AnswerChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets the starter model make one token, from start to end as for the network. */
final class AnswerCheck implements Doctor.Check {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONTEXT = 256;

    private final Preflight.Subject subject;

    AnswerCheck(Preflight.Subject subject) {
        this.subject = subject;
    }

    @Override
    public String name() {
        return "answer";
    }

    @Override
    public List<Finding> look() {
        try {
            Path model = Files.createTempFile("peerllm-doctor-", ".gguf");
            try {
                StarterModel.writeTo(model);
                return List.of(answer(model));
            } finally {
                Files.deleteIfExists(model);
            }
        } catch (EngineException e) {
            return List.of(Finding.fail("answer", e.failure().sentence(), "See what the check of the engine says."));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    "answer", "The folder for temporary files cannot be written.", "Free disk space, or set TMPDIR."));
        }
    }

    private Finding answer(Path model) {
        EngineOptions options = EngineOptions.of(model, EngineNatives.locate(subject.properties()))
                .withSlots(1, CONTEXT)
                .withThreads(1);
        long begun = subject.clock().millis();
        try (Engine engine = new Engine(options, MemoryCheck.none(), subject.threads(), subject.clock())) {
            Optional<String> trouble = oneToken(engine);
            if (trouble.isPresent())
                return Finding.fail("answer", trouble.get(), "`peerllm host logs --level warn` may say more.");
            return Finding.ok(
                    "answer",
                    "The starter model was loaded and answered in "
                            + (subject.clock().millis() - begun) + " ms.");
        }
    }

    /** Why there was none. */
    private static Optional<String> oneToken(Engine engine) {
        CompletableFuture<Optional<String>> end = new CompletableFuture<>();
        try (Signal.Subscription _ = engine.state().subscribe(state -> {
            if (state instanceof EngineState.Ready)
                engine.generate(GenerationRequest.of(new Prompt.Text("Hello")).atMost(1), new OneToken(end));
            if (state instanceof EngineState.Failed(var code, String sentence)) end.complete(Optional.of(sentence));
        })) {
            engine.start();
            return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.of("The starter model did not answer within " + PATIENCE.toSeconds() + " s.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The answer ended unexpectedly", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The check was interrupted.");
        }
    }

    private record OneToken(CompletableFuture<Optional<String>> end) implements GenerationListener {
        @Override
        public void started(int promptTokens, int cachedTokens) {}

        @Override
        public void tokens(int[] ids, AnswerChunk chunk) {}

        @Override
        public void finished(Finish finish) {
            end.complete(Optional.empty());
        }

        @Override
        public void failed(EngineFailure failure) {
            end.complete(Optional.of(failure.sentence()));
        }
    }
}
