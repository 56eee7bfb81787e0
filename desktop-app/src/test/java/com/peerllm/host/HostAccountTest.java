package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.host.earnings.PayoutNews;
import com.peerllm.host.kernel.HandAlarms;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.MetOrchestrator;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayoutStatement;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.ReputationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** When the network is asked, and what remains when it does not answer. */
@Timeout(60)
class HostAccountTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SessionState AWAY = new SessionState.Offline("Not sharing.", Optional.empty());

    @TempDir
    Path folder;

    private final MockWebServer orchestrator = new MockWebServer();
    private final PeerIdentity key = PeerIdentity.generate();
    private final Signal<SessionState> session = new Signal<>(AWAY);
    private final HandAlarms alarms = new HandAlarms();
    private final AtomicInteger payoutsAsked = new AtomicInteger();
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private volatile boolean answers = true;
    private HostData data;
    private HostAccount account;

    @BeforeEach
    void start() throws IOException {
        orchestrator.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request.getUrl().encodedPath());
            }
        });
        orchestrator.start();
        open();
        data.settings()
                .update(settings ->
                        settings.withOrchestrator(url()).met(url(), new MetOrchestrator("net", key.publicKey(), 1)));
    }

    private void open() {
        Surroundings around = new Surroundings(
                new Properties(),
                Map.of(),
                () -> now,
                Thread.ofPlatform().daemon().name("test-", 0).factory(),
                new Random(1));
        data = HostData.open(new AppFolders(folder), around.clock());
        account = new HostAccount(data, LinkOptions.STANDARD, session, alarms, around);
    }

    @AfterEach
    void stop() {
        account.close();
        data.close();
        orchestrator.close();
    }

    private String url() {
        return "ws://127.0.0.1:" + orchestrator.getPort();
    }

    private MockResponse answer(String path) {
        if (!answers) return new MockResponse.Builder().code(503).build();
        if (path.endsWith("/payouts")) payoutsAsked.incrementAndGet();
        Object body = path.endsWith("/payouts")
                ? statement()
                : new ReputationReport(
                        "net",
                        data.identity().hostId(),
                        1,
                        now.toEpochMilli(),
                        true,
                        0,
                        Presence.NEW,
                        List.of(),
                        List.of());
        return new MockResponse.Builder().body(JSON.writeValueAsString(body)).build();
    }

    private PayoutStatement statement() {
        Credits none = Credits.ZERO;
        return new PayoutStatement(
                "net",
                data.identity().hostId(),
                now.toEpochMilli(),
                "USD",
                Credits.ofDollars(3),
                Credits.ofDollars(3),
                none,
                none,
                none,
                Credits.ofDollars(25),
                Optional.empty(),
                Optional.empty(),
                PayoutStatement.Next.SET_PAYEE,
                List.of(),
                List.of());
    }

    private void connect() {
        session.set(new SessionState.Connected("net", now, now, true));
    }

    private PayoutNews payoutNews() {
        return account.payouts().news().get();
    }

    @Test
    void isAskedAtTheConnectionAndThenEveryFiveMinutesOfIt() {
        connect();
        await().until(() ->
                payoutNews().statement().isPresent() && !payoutNews().asking());
        await().until(() -> account.reputation().news().get().report().isPresent());
        session.set(AWAY);
        now = now.plusSeconds(100);
        connect();
        alarms.advance(Duration.ofSeconds(199));
        assertThat(payoutsAsked).hasValue(1);
        now = now.plusSeconds(200);
        alarms.advance(Duration.ofSeconds(1));
        await().untilAtomic(payoutsAsked, org.hamcrest.Matchers.is(2));
        session.set(AWAY);
        assertThat(alarms.waiting()).isZero();
    }

    @Test
    void whatWasToldLastIsStillThereAfterARestartWithoutANetwork() {
        account.payouts().ask();
        await().until(() ->
                payoutNews().statement().isPresent() && !payoutNews().asking());
        Instant told = now;
        account.close();
        data.close();
        answers = false;
        now = now.plusSeconds(86_400);
        open();

        account.payouts().ask();
        await().until(() -> payoutNews().trouble().isPresent());
        assertThat(payoutNews().trouble().orElseThrow()).contains("HTTP 503");
        assertThat(payoutNews().statement().orElseThrow().computedAtMillis()).isEqualTo(told.toEpochMilli());
    }

    @Test
    void withoutANetworkNothingIsAskedAndNothingIsZero() {
        data.settings()
                .update(settings ->
                        settings.edit().orchestrator(Optional.empty()).done());
        account.payouts().ask();
        account.reputation().ask();
        await().until(() -> !payoutNews().asking());
        assertThat(payoutNews()).isEqualTo(PayoutNews.NONE);
        assertThat(account.reputation().standing().get()).isEmpty();
        assertThat(orchestrator.getRequestCount()).isZero();
    }
}
