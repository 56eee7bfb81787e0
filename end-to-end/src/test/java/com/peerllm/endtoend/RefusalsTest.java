package com.peerllm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.HttpAnswer;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.fixture.Model;
import com.peerllm.endtoend.fixture.RawHttp;
import com.peerllm.endtoend.fixture.Serving;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.fixture.TestNetwork;
import com.peerllm.endtoend.fixture.TestNetworks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cannot be served get their proper error, with a sentence. */
@ExtendWith(TestNetworks.class)
class RefusalsTest {
    private static final String CHAT = "/v1/chat/completions";

    private final TestNetwork network;

    RefusalsTest(@Serving(Model.STARTER) TestNetwork network) {
        this.network = network;
    }

    @Test
    void aWrongKeyIsRefused() {
        try (OpenAiClient stranger = new OpenAiClient(network.orchestrator().url(), "pllm_wrong")) {
            HttpAnswer answer = stranger.post(CHAT, chat("\"Hello!\"", ""));

            assertRefused(answer, 401, "invalid_api_key");
            assertThat(answer.headers().get("www-authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void aRevokedKeyIsRefused() {
        var administrator = network.orchestrator().administrator();
        String key = administrator.createKey("alice");
        try (OpenAiClient consumer = new OpenAiClient(network.orchestrator().url(), key)) {
            assertThat(consumer.get("/v1/models").status()).isEqualTo(200);

            administrator.run("key", "revoke", key.split("_")[1]).outputOrThrow();

            assertRefused(consumer.get("/v1/models"), 401, "invalid_api_key");
        }
    }

    @Test
    void anUnknownModelIsNotFound() {
        HttpAnswer answer = network.consumer().post(CHAT, """
                {"model": "no-such-model", "messages": [{"role": "user", "content": "Hello!"}]}""");

        assertRefused(answer, 404, "model_not_found");
        assertThat(answer.errorParam()).contains("model");
    }

    @Test
    void anEmptyBalanceIsPaymentRequired() {
        var administrator = network.orchestrator().administrator();
        administrator.run("account", "create", "penniless").outputOrThrow();
        try (OpenAiClient poor = new OpenAiClient(network.orchestrator().url(), administrator.createKey("penniless"))) {
            assertRefused(poor.post(CHAT, chat("\"Hello!\"", "")), 402, "insufficient_balance");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"model\": \"x\"",
                "{\"model\": \"sprout-1.4m-q8_0\", \"messages\": 7}",
                "\u0000"
            })
    void aMalformedBodyIsABadRequest(String body) {
        HttpAnswer answer = network.consumer().post(CHAT, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorMessage()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            functions       | [{"name": "f"}]                                   | functions
            verbosity       | "low"                                             | verbosity
            prediction      | {"type": "content", "content": "x"}               | prediction
            modalities      | ["audio"]                                         | modalities
            """)
    void aParameterThatCannotBeServedIsRefusedByName(String name, String value, String param) {
        HttpAnswer answer = network.consumer().post(CHAT, chat("\"Hello!\"", ", \"" + name + "\": " + value));

        assertRefused(answer, 400, "unsupported_parameter");
        assertThat(answer.errorParam()).contains(param);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTwentyMegabyteBodyIsTooLargeAndTheSenderStillReadsTheError(boolean lengthIsDeclared) {
        String body = chat("\"" + "a".repeat(20 * 1024 * 1024) + "\"", "");

        RawHttp.Answer answer =
                RawHttp.post(network.orchestrator().port(), CHAT, network.apiKey(), body, lengthIsDeclared);

        assertThat(answer.statusLine()).contains(" 413 ");
        assertThat(answer.body()).contains("request_too_large");
    }

    @ParameterizedTest
    @ValueSource(ints = {3_500, 100_000})
    void aPromptLongerThanAnyContextIsRefusedWithinASecond(int characters) {
        String prompt = "\"" + "the owl and the map ".repeat(characters / 20) + "\"";
        long startNanos = System.nanoTime();

        HttpAnswer answer = network.consumer().post(CHAT, chat(prompt, ""));

        assertRefused(answer, 400, "context_length_exceeded");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anUnknownAddressAndAWrongMethodAreSaidToBe() {
        assertThat(network.consumer().get("/v1/nothing").status()).isEqualTo(404);
        assertThat(network.consumer().get(CHAT).status()).isEqualTo(405);
    }

    @Test
    void everyAnswerNamesItsRequest() {
        assertThat(network.consumer().get("/v1/models").headers().get("x-request-id"))
                .startsWith("req_");
        assertThat(network.consumer().get("/v1/nothing").headers().get("x-request-id"))
                .startsWith("req_");
    }

    @Test
    void aModelThatNoHostServesNowIsUnavailableWithTheReason(@Serving(Model.SLOW) TestNetwork slow) {
        HttpAnswer answer = slow.consumer().post(CHAT, chat("\"Hello!\"", ""));

        assertRefused(answer, 503, "no_host");
        assertThat(answer.headers().get("retry-after")).isNotNull();
        assertThat(answer.errorMessage()).contains("No host serves");
    }

    @Test
    void whoWaitsNoLongerForASlotIsToldWhyAndWhenToComeAgain(@Serving(Model.SLOW) TestNetwork slow) {
        List<AnswerStream> running = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                running.add(slow.stream(Sprout.STORY.prompt()));
            }
            HttpAnswer answer = slow.consumer()
                    .post(CHAT, slow.request(Sprout.STORY.prompt()).json(false), "x-peerllm-max-wait-ms", "200");

            assertRefused(answer, 503, "queue_timeout");
            assertThat(answer.headers().get("retry-after")).isNotNull();
        } finally {
            running.forEach(AnswerStream::close);
        }
    }

    private static void assertRefused(HttpAnswer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.errorMessage()).endsWith(".");
    }

    private static String chat(String contentJson, String moreJson) {
        return "{\"model\": \"" + Sprout.MODEL + "\", \"messages\": [{\"role\": \"user\", \"content\": " + contentJson
                + "}]" + moreJson + "}";
    }
}
