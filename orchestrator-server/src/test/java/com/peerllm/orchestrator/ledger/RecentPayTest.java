package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.explorer.RecentPay;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hosts of a model were paid in the last seven days, as payments come and days go by. */
class RecentPayTest {
    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");
    private static final ModelDigest OAK = new ModelDigest("0a".repeat(32));
    private static final ModelDigest ASH = new ModelDigest("0b".repeat(32));

    private final PeerIdentity rosa = PeerIdentity.generate();
    private final PeerIdentity ben = PeerIdentity.generate();
    private int jobs;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void tellsTheLastSevenDaysAndAddsUpOnceAMinute(TestDatabase kind) {
        try (TestLedger ledger = TestLedger.at(kind.in(folder)).with(ALICE, Credits.ofDollars(1))) {
            Stream.of(rosa, ben).forEach(host -> now(ledger.ledger.openAccount(AccountId.ofHost(host.hostId()))));
            RecentPay recent = new RecentPay(
                    ledger.database.explorer(), () -> ledger.clock.get().instant());

            at(ledger, MORNING);
            pay(ledger, rosa, OAK, 100);
            pay(ledger, rosa, OAK, 50);
            at(ledger, MORNING.plus(Duration.ofDays(2)));
            pay(ledger, ben, OAK, 200);
            pay(ledger, ben, ASH, 1_000);
            pay(ledger, rosa, ASH, 0);
            assertThat(recent.models())
                    .containsEntry("first_day", "2026-11-19")
                    .containsEntry("last_day", "2026-11-25")
                    .containsEntry("data", List.of(row(ASH, 1_000, 1), row(OAK, 350, 2)));

            pay(ledger, rosa, OAK, 1);
            assertThat(recent.models())
                    .as("within the same minute nothing is read")
                    .containsEntry("data", List.of(row(ASH, 1_000, 1), row(OAK, 350, 2)));
            at(ledger, MORNING.plus(Duration.ofDays(2)).plusSeconds(60));
            assertThat(recent.models()).containsEntry("data", List.of(row(ASH, 1_000, 1), row(OAK, 351, 2)));

            at(ledger, MORNING.plus(Duration.ofDays(7)));
            assertThat(recent.models())
                    .as("the first day is over")
                    .containsEntry("data", List.of(row(ASH, 1_000, 1), row(OAK, 201, 2)));
            at(ledger, MORNING.plus(Duration.ofDays(9)));
            assertThat(recent.models()).containsEntry("data", List.of());
        }
    }

    private static void at(TestLedger ledger, Instant time) {
        ledger.clock.set(InstantSource.fixed(time));
    }

    /** @param tokens the host gets a thousand nano-dollars for each */
    private void pay(TestLedger ledger, PeerIdentity host, ModelDigest model, int tokens) {
        int number = ++jobs;
        assertThat(ledger.ledger.hold(job(number), ALICE, new Credits(3_000_000)))
                .isInstanceOf(HoldDecision.Held.class);
        now(ledger.ledger.settle(new Settlement(
                job(number),
                ALICE,
                List.of(new Settlement.Segment(
                        host.publicKey(),
                        new ModelId("model"),
                        model,
                        tokens,
                        0,
                        TestLedger.PRICE,
                        new RevenueSplit(0, 0),
                        Optional.empty(),
                        "cd".repeat(32),
                        Optional.empty())))));
    }

    private static Map<String, Object> row(ModelDigest model, long tokens, long hosts) {
        return Map.of("digest", model.hex(), "host_share_nanodollars", tokens * 1_000, "hosts", hosts);
    }
}
