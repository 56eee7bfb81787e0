package com.peerllm.orchestrator.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.accounts.Enrolment.Blocked;
import com.peerllm.orchestrator.accounts.Enrolment.Enrolled;
import com.peerllm.orchestrator.accounts.Enrolment.Full;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every host that proves its key is let in, until it is blocked or the house is full. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class HostEnrolmentTest {
    private static final PeerKey HOST = PeerIdentity.generate().publicKey();
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final KnownHost KNOWN = new KnownHost(HostId.of(HOST), HOST, NOW, Optional.empty());

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private TestLedger test;
    private HostEnrolment hosts;

    @BeforeEach
    void open() {
        test = TestLedger.at(kind.in(folder));
        hosts = new HostEnrolment(test.database, test.ledger, InstantSource.fixed(NOW), 3);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aHostIsTakenInOnceAndHasAnAccountThen() {
        assertThat(hosts.enrol(HOST)).isEqualTo(new Enrolled(KNOWN, true));
        assertThat(hosts.enrol(HOST)).isEqualTo(new Enrolled(KNOWN, false));
        assertThat(test.ledger.balance(KNOWN.account())).isPresent();
        assertThat(hosts.find(KNOWN.id())).contains(KNOWN);
    }

    @Test
    void aHostThatConnectsTwiceAtOnceIsTakenInOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Enrolment>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) all.add(threads.submit(() -> hosts.enrol(HOST)));
            int first = 0;
            for (Future<Enrolment> each : all) if (((Enrolled) each.get()).firstTime()) first++;

            assertThat(first).isEqualTo(1);
        }
    }

    @Test
    void aBlockedHostIsToldWhyUntilItIsUnblocked() {
        hosts.enrol(HOST);
        assertThat(hosts.block(KNOWN.id(), "It sent wrong tokens.")).isTrue();

        assertThat(hosts.enrol(HOST))
                .isInstanceOfSatisfying(
                        Blocked.class, blocked -> assertThat(blocked.reason()).isEqualTo("It sent wrong tokens."));

        assertThat(hosts.unblock(KNOWN.id())).isTrue();
        assertThat(hosts.enrol(HOST)).isEqualTo(new Enrolled(KNOWN, false));
    }

    @Test
    void onlyKnownHostsCanBeBlocked() {
        assertThat(hosts.block(KNOWN.id(), "why")).isFalse();
        assertThat(hosts.unblock(KNOWN.id())).isFalse();
        assertThat(hosts.find(KNOWN.id())).isEmpty();
        assertThatThrownBy(() -> hosts.block(KNOWN.id(), "x".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFullHouseTakesInNobodyNewAndKeepsThoseItKnows() {
        hosts.enrol(HOST);
        hosts.enrol(PeerIdentity.generate().publicKey());
        hosts.enrol(PeerIdentity.generate().publicKey());
        PeerKey fourth = PeerIdentity.generate().publicKey();

        assertThat(hosts.enrol(fourth)).isEqualTo(new Full(3));
        assertThat(hosts.enrol(HOST)).isEqualTo(new Enrolled(KNOWN, false));
    }

    @Test
    void hostsAreListedPageByPage() {
        for (int i = 0; i < 3; i++) hosts.enrol(PeerIdentity.generate().publicKey());

        List<KnownHost> first = hosts.list(Optional.empty(), 2);
        List<KnownHost> rest = hosts.list(Optional.of(first.getLast().id()), 2);

        assertThat(first).hasSize(2);
        assertThat(rest).hasSize(1);
        assertThat(first.getFirst().id()).isLessThan(first.getLast().id());
        assertThat(first.getLast().id()).isLessThan(rest.getFirst().id());
    }

    @Test
    void nobodyIsTakenInWithoutAnAccount() {
        test.ledger.close();

        assertThatThrownBy(() -> hosts.enrol(HOST)).isInstanceOf(LedgerException.class);
        assertThat(hosts.find(KNOWN.id())).isEmpty();
    }
}
