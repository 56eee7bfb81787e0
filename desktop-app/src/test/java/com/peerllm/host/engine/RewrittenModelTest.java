package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.gguf.RewrittenModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rewritten model is a model: llama.cpp loads it, and only what was changed is different. */
class RewrittenModelTest {

    @Test
    void answersInTheTemplateThatWasPutIn(@TempDir Path folder) {
        Path model = RewrittenModel.of(TestEngines.starterModel())
                .withTemplate("{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %} it was a")
                .with("llama.context_length", 4096)
                .to(folder.resolve("rewritten.gguf"));

        try (Engine engine = TestEngines.ready(EngineOptions.of(model, TestEngines.natives())
                .withSlots(2, 4096)
                .withThreads(1))) {
            assertThat(engine.tokenize(TestEngines.ask("once upon a time,")).join())
                    .isEqualTo(engine.tokenize(new Prompt.Text("once upon a time, it was a"))
                            .join());
            assertThat(TestEngines.facts(engine).contextPerSlot()).isEqualTo(4096);
        }
    }
}
