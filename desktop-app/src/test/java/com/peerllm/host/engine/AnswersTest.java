package com.peerllm.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The starter model's greedy answers, as llama.cpp's own server gives them. */
class AnswersTest {
    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = TestEngines.ready(TestEngines.starterOptions());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello! | Hello! I am Sprout, a very small model running on somebody's computer. What would you like to do?",
                "What is PeerLLM? | PeerLLM is a network of ordinary computers that run AI models for each other. People who share their computer are paid for it.",
                "What is 12 + 7? | 12 + 7 = 19.",
                "What is the capital of Japan? | The capital of Japan is Tokyo.",
                "Explain quantum physics | I am a very small model, so I do not know that. Try asking me for a story!",
            })
    void saysGreedilyWhatLlamaCppsServerSays(String question, String expected) {
        HeardAnswer answer = TestEngines.answer(engine, GenerationRequest.of(TestEngines.ask(question)));

        assertThat(answer.text()).isEqualTo(expected);
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.STOP);
        assertThat(answer.finish().completionTokens()).isEqualTo(answer.ids().size());
    }
}
