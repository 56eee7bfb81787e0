package com.peerllm.host.localapi;

import static org.awaitility.Awaitility.await;

import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.engine.EmbeddingListener;
import com.peerllm.host.engine.Engine;
import com.peerllm.host.engine.EngineNatives;
import com.peerllm.host.engine.EngineOptions;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.Generation;
import com.peerllm.host.engine.GenerationListener;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.MemoryCheck;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.openai.EmbeddingInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The starter model in the real engine, as the only model of this computer. */
final class EngineModels implements OwnModels, AutoCloseable {
    static final String NAME = "sprout-1.4m-q8_0";
    private static final ModelDigest DIGEST = new ModelDigest("cd".repeat(32));

    final Engine engine;

    EngineModels(Path folder) {
        Path file = folder.resolve("starter.gguf");
        try (InputStream in = getClass().getResourceAsStream("/models/" + NAME + ".gguf")) {
            Files.write(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EngineOptions options = EngineOptions.of(file, EngineNatives.locate(System.getProperties()))
                .withSlots(2, 768)
                .withThreads(1);
        engine = new Engine(
                options, MemoryCheck.none(), Thread.ofPlatform().daemon().factory(), InstantSource.system());
        engine.start();
        awaitReady();
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(60)).until(() -> engine.state().get() instanceof EngineState.Ready);
    }

    /** The token that ends an answer. */
    int endOfAnswer() {
        if (engine.state().get() instanceof EngineState.Ready(var facts)) return facts.eosToken();
        throw new AssertionError("The engine is not ready");
    }

    @Override
    public List<OwnModel> list() {
        List<String> features =
                engine.state().get() instanceof EngineState.Ready(var facts) ? facts.features() : List.of();
        return List.of(new OwnModel(NAME, DIGEST, features, 768, engine.freeSlots()));
    }

    @Override
    public Generation generate(ModelDigest model, GenerationRequest request, GenerationListener listener) {
        return engine.generate(request, listener);
    }

    @Override
    public Generation embed(ModelDigest model, List<EmbeddingInput> inputs, EmbeddingListener listener) {
        return engine.embed(inputs, listener);
    }

    @Override
    public void close() {
        engine.close();
    }
}
