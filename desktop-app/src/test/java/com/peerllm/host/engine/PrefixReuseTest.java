package com.peerllm.host.engine;

import static com.peerllm.host.engine.TestEngines.answer;
import static com.peerllm.host.engine.TestEngines.ask;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A prompt that begins like an earlier one of the same consumer is not computed again from the start. */
class PrefixReuseTest {
    private static final String FIRST_TURN =
            "{\"role\":\"user\",\"content\":\"Tell me a story about an owl and a map.\"}";

    private Engine engine;

    @BeforeEach
    void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void theNextTurnOfAChatReusesTheTurnsBefore() {
        Prompt first = new Prompt.Chat("[" + FIRST_TURN + "]");
        String story =
                answer(engine, GenerationRequest.of(first).inScope("alice")).text();
        Prompt second = new Prompt.Chat(
                "[" + FIRST_TURN + ",{\"role\":\"assistant\",\"content\":" + new JsonMapper().writeValueAsString(story)
                        + "},{\"role\":\"user\",\"content\":\"What is 12 + 7?\"}]");
        HeardAnswer fresh = answer(engine, GenerationRequest.of(second));
        String freshText = fresh.text();
        HeardAnswer cached = answer(engine, GenerationRequest.of(second).inScope("alice"));

        assertThat(cached.text()).isEqualTo(freshText);
        assertThat(fresh.cachedTokens()).isZero();
        assertThat(cached.cachedTokens()).isGreaterThan(20).isLessThan(cached.promptTokens());
    }

    @Test
    void theSamePromptAgainComputesItsLastTokenOnly() {
        GenerationRequest request = GenerationRequest.of(ask("Tell me a story about an owl and a map."))
                .inScope("alice");
        HeardAnswer first = answer(engine, request);
        String text = first.text();
        HeardAnswer second = answer(engine, request);

        assertThat(second.text()).isEqualTo(text);
        assertThat(first.cachedTokens()).isZero();
        assertThat(second.cachedTokens()).isEqualTo(second.promptTokens() - 1);
    }

    @Test
    void nothingIsSharedBetweenConsumers() {
        GenerationRequest request = GenerationRequest.of(ask("Tell me a story about an owl and a map."));
        String text = answer(engine, request.inScope("alice")).text();
        HeardAnswer bob = answer(engine, request.inScope("bob"));
        assertThat(bob.text()).isEqualTo(text);
        HeardAnswer nobody = answer(engine, request);
        assertThat(nobody.text()).isEqualTo(text);
        HeardAnswer nobodyAgain = answer(engine, request);
        assertThat(nobodyAgain.text()).isEqualTo(text);

        assertThat(bob.cachedTokens()).isZero();
        assertThat(nobody.cachedTokens()).isZero();
        assertThat(nobodyAgain.cachedTokens()).isZero();
    }
}
