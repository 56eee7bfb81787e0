package com.peerllm.host.engine;

import static org.awaitility.Awaitility.await;

import com.peerllm.shared.gguf.RewrittenModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/** The real engine with the starter model, as the tests use it. */
final class TestEngines {
    static final int SLOTS = 8;

    private TestEngines() {}

    static Path natives() {
        return EngineNatives.locate(System.getProperties());
    }

    /** The starter model as a file: it is a resource of the program. */
    static Path starterModel() {
        try (InputStream in = TestEngines.class.getResourceAsStream("/models/sprout-1.4m-q8_0.gguf")) {
            Path file = Files.createTempFile("sprout", ".gguf");
            file.toFile().deleteOnExit();
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EngineOptions starterOptions() {
        return EngineOptions.of(starterModel(), natives()).withSlots(SLOTS, 768).withThreads(1);
    }

    /** The starter model with another chat template, written to this file. */
    static EngineOptions withTemplate(String jinja, Path file) {
        Path model = RewrittenModel.of(starterModel()).withTemplate(jinja).to(file);
        return EngineOptions.of(model, natives()).withSlots(SLOTS, 768).withThreads(1);
    }

    /**
     * With one slot an answer's beginning is computed once and stays where it is. With more, a leftover of the same prompt that
     * was computed in other steps may be taken, and its last bits can differ.
     */
    static EngineOptions oneSlot(EngineOptions options) {
        return options.withSlots(1, 768);
    }

    static Engine create(EngineOptions options) {
        return new Engine(
                options, MemoryCheck.none(), Thread.ofPlatform().daemon().factory(), InstantSource.system());
    }

    static Engine ready(EngineOptions options) {
        Engine engine = create(options);
        engine.start();
        awaitState(engine, state -> state instanceof EngineState.Ready || state instanceof EngineState.Failed);
        if (engine.state().get() instanceof EngineState.Failed failed) throw new AssertionError(failed.toString());
        return engine;
    }

    static EngineState awaitState(Engine engine, Predicate<EngineState> wanted) {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(5))
                .until(engine.state()::get, wanted);
    }

    static ModelFacts facts(Engine engine) {
        if (engine.state().get() instanceof EngineState.Ready(ModelFacts facts)) return facts;
        throw new AssertionError("The engine is not ready: " + engine.state().get());
    }

    static Prompt ask(String question) {
        return new Prompt.Chat("[{\"role\":\"user\",\"content\":\"" + question + "\"}]");
    }

    static HeardAnswer answer(Engine engine, GenerationRequest request) {
        HeardAnswer answer = new HeardAnswer();
        engine.generate(request, answer);
        return answer;
    }
}
