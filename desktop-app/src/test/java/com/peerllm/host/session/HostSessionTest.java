package com.peerllm.host.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.wire.FromHost;
import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.RefusalCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostSessionTest {
    private static final Duration BEAT = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private TestOrchestrator orchestrator;
    private SessionTester host;

    @BeforeEach
    void open() throws Exception {
        orchestrator = new TestOrchestrator();
        host = new SessionTester(folder, orchestrator.address());
    }

    @AfterEach
    void close() {
        host.close();
        orchestrator.close();
    }

    @Test
    void provesWhoItIsAndTellsWhatItServes() throws Exception {
        SessionState.Connected connected = host.connect();

        FromHost.Hello hello = orchestrator.next(FromHost.Hello.class);
        assertThat(hello.key()).isEqualTo(host.self.publicKey());
        assertThat(hello.models()).containsExactly(host.served.get().getFirst().announced());
        assertThat(hello.hardware()).isEqualTo("2 cores, 4 GB memory");
        assertThat(connected.orchestrator()).isEqualTo("test-net");
        assertThat(connected.routed()).isTrue();
    }

    @Test
    void remembersWhoAnsweredAndRefusesSomebodyElseAtTheSameAddress() throws Exception {
        host.connect();
        int port = orchestrator.port();
        orchestrator.close();
        host.await(SessionState.Offline.class);

        orchestrator = new TestOrchestrator(PeerIdentity.generate(), port);
        host.alarms.advance(Duration.ofSeconds(1));

        SessionState.Refused refused = host.await(SessionState.Refused.class);
        assertThat(refused.code()).isEqualTo("orchestrator_changed");
        assertThat(refused.message())
                .contains("test-net")
                .contains(orchestrator.self.publicKey().toString());
        assertThat(orchestrator.heard()).noneMatch(FromHost.Hello.class::isInstance);
    }

    @Test
    void sendsAHeartbeatAtEachIntervalAndNotesItsConfirmation() throws Exception {
        host.connect();
        assertThat(orchestrator.next(FromHost.Heartbeat.class).sequence()).isEqualTo(1);

        host.alarms.advance(BEAT);

        assertThat(orchestrator.next(FromHost.Heartbeat.class).sequence()).isEqualTo(2);
    }

    @Test
    void leavesAConnectionThatNoLongerConfirmsHeartbeatsAndComesBack() throws Exception {
        host.connect();
        orchestrator.acknowledges = false;

        host.alarms.advance(BEAT.multipliedBy(2));
        assertThat(host.session.state().get()).isInstanceOf(SessionState.Connected.class);
        host.alarms.advance(BEAT.multipliedBy(2));

        SessionState.Offline offline = host.await(SessionState.Offline.class);
        assertThat(offline.reason()).contains("heartbeats");
        assertThat(offline.nextAttempt()).isPresent();
        orchestrator.next(TestOrchestrator.Gone.class);
        orchestrator.acknowledges = true;
        host.alarms.advance(Duration.ofSeconds(1));
        host.await(SessionState.Connected.class);
    }

    @Test
    void waitsLongerWithEachFailureAndAtOnceConnectsWhenTheOrchestratorIsBack() throws Exception {
        host.connect();
        int port = orchestrator.port();
        orchestrator.close();
        host.await(SessionState.Offline.class);
        for (int failure = 1; failure <= 4; failure++) {
            Duration most = Duration.ofMillis(500L << failure);
            assertThat(host.alarms.untilNext())
                    .hasValueSatisfying(w -> assertThat(w).isBetween(Duration.ofMillis(500), most));
            SessionState.Offline before = host.await(SessionState.Offline.class);
            host.alarms.advance(most);
            await().until(() -> host.session.state().get() instanceof SessionState.Offline o && !o.equals(before));
        }
        assertThat(host.await(SessionState.Offline.class).reason()).contains("Nothing answers at ws://127.0.0.1:");

        orchestrator = new TestOrchestrator(orchestrator.self, port);
        host.alarms.advance(Duration.ofSeconds(32));

        host.await(SessionState.Connected.class);
    }

    @Test
    void aRefusalThatTimeCannotMendEndsTheTrying() {
        refuse(RefusalCode.NOT_ADMITTED, "This network is closed. Ask its operator for an invitation.");

        host.session.start();

        SessionState.Refused refused = host.await(SessionState.Refused.class);
        assertThat(refused.code()).isEqualTo("not_admitted");
        assertThat(refused.message()).contains("Ask its operator");
        assertThat(host.alarms.waiting()).isZero();
    }

    @Test
    void aRefusalThatTimeCanMendIsTriedAgain() {
        refuse(RefusalCode.FULL, "This orchestrator has as many hosts as it can hold.");

        host.session.start();

        SessionState.Offline offline = host.await(SessionState.Offline.class);
        await().until(() -> host.session.state().get() instanceof SessionState.Offline o
                && o.nextAttempt().isPresent());
        assertThat(((SessionState.Offline) host.session.state().get()).reason()).contains("as many hosts");
        assertThat(offline).isNotNull();
    }

    @Test
    void aNetworkOfANewerProtocolAsksForAnUpdate() {
        orchestrator.greeting = message -> message instanceof FromOrchestrator.Challenge c
                ? new FromOrchestrator.Challenge(
                        c.nonce(), c.orchestratorName(), c.orchestratorKey(), 9, c.sentAtMillis())
                : message;

        host.session.start();

        SessionState.Refused refused = host.await(SessionState.Refused.class);
        assertThat(refused.code()).isEqualTo("update_needed");
        assertThat(refused.message()).contains("version 9").contains("Update PeerLLM");
    }

    @Test
    void aNameThatWouldPaintTheTerminalIsNotShown() {
        orchestrator.greeting = message -> message instanceof FromOrchestrator.Challenge c
                ? new FromOrchestrator.Challenge(c.nonce(), "net\u001b[31m", c.orchestratorKey(), 1, c.sentAtMillis())
                : message;

        host.session.start();

        await().until(() -> host.session.state().get() instanceof SessionState.Offline o
                && o.reason().contains("cannot be shown"));
    }

    @Test
    void somethingElseThanAnOrchestratorIsToldAndTriedAgain() {
        orchestrator.httpStatus = 404;

        host.session.start();

        await().until(() -> host.session.state().get() instanceof SessionState.Offline o
                && o.nextAttempt().isPresent()
                && o.reason().contains("not a PeerLLM orchestrator"));
    }

    @Test
    void aServerThatDoesNotSpeakTheSubprotocolIsNotGreeted() {
        orchestrator.subprotocol = "chat";

        host.session.start();

        await().until(() -> host.session.state().get() instanceof SessionState.Offline o
                && o.reason().contains("not a PeerLLM orchestrator"));
        assertThat(orchestrator.heard()).noneMatch(FromHost.Hello.class::isInstance);
    }

    @Test
    void anOrchestratorThatNeverChallengesIsLeftAfterTenSeconds() {
        orchestrator.greeting = message -> new FromOrchestrator.Unknown(java.util.Optional.empty());
        host.session.start();
        await().until(() -> host.alarms.waiting() == 1);

        host.alarms.advance(Duration.ofSeconds(10));

        await().until(() -> host.session.state().get() instanceof SessionState.Offline o
                && o.reason().contains("handshake"));
    }

    @Test
    void nonsenseEndsTheConnectionAndIsNotRepeatedInTheReason() {
        host.connect();

        orchestrator.sayText("{\"type\":\"job_offer\",\"secret\":\"the prompt\"}");

        SessionState.Offline offline = host.await(SessionState.Offline.class);
        assertThat(offline.reason()).contains("not of the protocol").doesNotContain("the prompt");
    }

    @Test
    void messagesOfANewerProtocolAreIgnored() throws Exception {
        host.connect();

        orchestrator.sayText("{\"type\":\"weather_report\",\"sky\":\"blue\"}");
        host.alarms.advance(BEAT);

        assertThat(orchestrator.next(FromHost.Heartbeat.class).sequence()).isEqualTo(1);
        assertThat(orchestrator.next(FromHost.Heartbeat.class).sequence()).isEqualTo(2);
        assertThat(host.session.state().get()).isInstanceOf(SessionState.Connected.class);
    }

    @Test
    void announcesItsModelsWhenTheyChange() throws Exception {
        host.connect();

        host.served.set(List.of());

        assertThat(orchestrator.next(FromHost.ModelsChanged.class).models()).isEmpty();
        host.served.set(List.of(host.model(1)));
        assertThat(orchestrator.next(FromHost.ModelsChanged.class).models())
                .singleElement()
                .satisfies(m -> assertThat(m.slots()).isEqualTo(1));
    }

    @Test
    void aClockThatIsFarOffConnectsAllTheSame() {
        orchestrator.clockMillis =
                System.currentTimeMillis() + Duration.ofHours(2).toMillis();

        assertThat(host.connect()).isNotNull();
    }

    @Test
    void goesToAnAlternateOfADrainingOrchestratorAndOnlyIfItIsTheSame() throws Exception {
        try (TestOrchestrator same = TestOrchestrator.of(orchestrator.self);
                TestOrchestrator other = new TestOrchestrator()) {
            host.connect();
            orchestrator.say(new FromOrchestrator.Draining(
                    "restart", List.of(other.address().text(), same.address().text())));
            // Confirmed after the message before it was read.
            SessionState before = host.session.state().get();
            host.alarms.advance(BEAT);
            await().until(() -> !host.session.state().get().equals(before));
            orchestrator.close();
            host.await(SessionState.Offline.class);

            host.alarms.advance(Duration.ofSeconds(60));
            await().until(() -> host.session.state().get() instanceof SessionState.Offline o
                    && o.reason().contains("Somebody else"));
            host.alarms.advance(Duration.ofSeconds(60));

            same.next(FromHost.Hello.class);
            assertThat(other.heard()).noneMatch(FromHost.Hello.class::isInstance);
        }
    }

    @Test
    void saysGoodbyeWhenItStops() throws Exception {
        host.connect();

        host.session.stop("closing for tonight", HostSession.Patience.STANDARD);

        assertThat(orchestrator.next(FromHost.Draining.class).reason()).isEqualTo("closing for tonight");
        orchestrator.next(TestOrchestrator.Gone.class);
        assertThat(host.session.state().get()).isInstanceOf(SessionState.Offline.class);
        assertThat(host.alarms.waiting()).isZero();
    }

    private void refuse(RefusalCode code, String message) {
        orchestrator.greeting = said ->
                said instanceof FromOrchestrator.Welcome ? new FromOrchestrator.Refused(code, message, 1) : said;
    }
}
