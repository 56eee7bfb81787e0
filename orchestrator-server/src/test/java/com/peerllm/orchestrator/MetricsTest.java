package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class MetricsTest {
    private static final String SECRET_PROMPT = "heliotrope-canary-4711";

    @TempDir
    Path data;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        logged.setContext(root.getLoggerContext());
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void leave() {
        root.detachAppender(logged);
    }

    @Test
    void countsRequestsJobsTokensAndHosts() {
        TestNetwork network = new TestNetwork(data);
        String key = network.consumer("ann", "1");
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "He", "llo"));
        assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);
        assertThat(network.chat("pllm_none", TestNetwork.question("")).status()).isEqualTo(401);
        await().untilAsserted(() -> assertThat(network.metrics())
                .contains("peerllm_http_request_seconds_count{route=\"POST /v1/chat/completions\",status=\"200\"} 1")
                .contains("peerllm_http_request_seconds_count{route=\"POST /v1/chat/completions\",status=\"401\"} 1")
                .contains("peerllm_keys_refused_total{reason=\"malformed\"} 1")
                .contains("peerllm_jobs_total{kind=\"chat\",outcome=\"stop\"} 1")
                .contains("peerllm_tokens_relayed_total 2")
                .contains("peerllm_first_token_seconds_count{model=\"" + ScriptedHost.MODEL_ID)
                .contains("peerllm_queue_length 0")
                .contains("peerllm_hosts{state=\"ready\"} 1")
                .contains("peerllm_slots{state=\"free\"} 4")
                .contains("peerllm_ledger_available 1")
                .contains("jvm_memory_used_bytes")
                .contains("peerllm_event_loop_delay_seconds_count"));
        network.closeWhenAllIsPaid();
    }

    @Test
    void onePathOfDigitsLeadsThroughAllLogsAndNoPromptIsThere() {
        TestNetwork network = new TestNetwork(data);
        String key = network.consumer("ann", "1");
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, SECRET_PROMPT));
        TestNetwork.Answer answer = network.chat(key, TestNetwork.question("").replace("Hi", SECRET_PROMPT));
        assertThat(answer.text()).isEqualTo(SECRET_PROMPT);
        String digits = answer.headers().get("x-request-id").substring("req_".length());
        assertThat(answer.json().path("id").asString()).isEqualTo("chatcmpl-" + digits);
        assertThat(answer.json().path("peerllm").path("receipt").asString()).isEqualTo("job_" + digits);
        await().untilAsserted(() -> assertThat(jsonLines())
                .anySatisfy(line -> assertThat(line)
                        .contains("req_" + digits)
                        .contains("POST /v1/chat/completions")
                        .contains("job_" + digits)
                        .contains("\"Request ended\"")));
        assertThat(network.get("/v1/models/" + SECRET_PROMPT, key).status()).isEqualTo(404);
        await().untilAsserted(() ->
                assertThat(jsonLines()).anySatisfy(line -> assertThat(line).contains("/v1/models/{id}")));
        assertThat(jsonLines()).noneMatch(line -> line.contains(SECRET_PROMPT));
        assertThat(network.metrics()).doesNotContain(SECRET_PROMPT);
        network.closeWhenAllIsPaid();
    }

    /** As PEERLLM_LOG_FORMAT=json writes them. */
    private List<String> jsonLines() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.start();
        return List.copyOf(logged.list).stream()
                .map(event -> new String(encoder.encode(event), StandardCharsets.UTF_8).replace("\\/", "/"))
                .toList();
    }
}
