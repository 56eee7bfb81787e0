package com.peerllm.host.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network's hosts were paid lately, asked over HTTP when somebody looks, and never more often than need be. */
@Timeout(30)
class RecentPayDeskTest {
    private static final ModelDigest OAK = new ModelDigest("0a".repeat(32));
    private static final String TOLD = """
            {"object":"list","first_day":"2026-11-17","last_day":"2026-11-23",
             "data":[{"digest":"%s","host_share_nanodollars":1250,"hosts":3}]}""".formatted(OAK);

    private final MockWebServer orchestrator = new MockWebServer();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Optional<OrchestratorAddress> address = Optional.empty();
    private RecentPayDesk desk;

    @BeforeEach
    void start() throws IOException {
        orchestrator.start();
        desk = new RecentPayDesk(
                new OkHttpClient(),
                () -> address,
                () -> now,
                Thread.ofPlatform().daemon().name("test-", 0).factory());
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    private void says(int status, String body) {
        orchestrator.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void join() {
        address = Optional.of(OrchestratorAddress.parse("http://127.0.0.1:" + orchestrator.getPort(), false));
    }

    @Test
    void asksOnceInFiveMinutesHoweverOftenSomebodyLooks() throws InterruptedException {
        desk.ask();
        assertThat(desk.news().get()).as("no network is known").isEmpty();
        says(200, TOLD);
        join();
        for (int i = 0; i < 10; i++) desk.ask();
        await().until(() -> desk.news().get().isPresent());
        assertThat(desk.news().get())
                .contains(new RecentPay(Map.of(OAK, new RecentPay.OfModel(new Credits(1_250), 3)), true));
        assertThat(orchestrator.takeRequest().getTarget()).isEqualTo("/ledger/models/recent");
        assertThat(orchestrator.getRequestCount()).isEqualTo(1);

        now = now.plus(RecentPayDesk.INTERVAL);
        says(503, "");
        desk.ask();
        await().until(() -> desk.news().get().isEmpty());
        assertThat(orchestrator.getRequestCount()).isEqualTo(2);
    }

    @Test
    void anotherNetworkIsAskedAtOnceAndTheOldFiguresAreGone() {
        says(200, TOLD);
        join();
        desk.ask();
        await().until(() -> desk.news().get().isPresent());
        address = Optional.of(OrchestratorAddress.parse("http://127.0.0.1:1", false));
        desk.ask();
        assertThat(desk.news().get()).isEmpty();
    }

    /** None of them is an orchestrator that tells what was paid. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"data\":[{}]}",
                "{\"data\":[{\"digest\":\"x\",\"host_share_nanodollars\":1,\"hosts\":1}]}"
            })
    void whatCannotBeUnderstoodIsNotKnown(String body) {
        says(200, body);
        join();
        assertThat(desk.of(address.orElseThrow())).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        says(200, TOLD + " ".repeat(1_000_000));
        join();
        assertThat(desk.of(address.orElseThrow()).orElseThrow().of(OAK)).isPresent();
    }
}
