package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.storage.FaultyDisk;
import com.peerllm.orchestrator.storage.JournalBatch;
import com.peerllm.orchestrator.storage.LedgerStore;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When nothing can be written, nothing new is promised, and nothing promised is forgotten. */
class FailingDatabaseTest {
    private static final Credits HOLD = new Credits(1_000_000);

    @TempDir
    Path folder;

    @AfterEach
    void makeRoom() {
        FaultyDisk.H2_REFUSED.set(0);
        FaultyDisk.FULL.set(false);
    }

    private TestLedger open() {
        return TestLedger.on(FaultyDisk.open(folder));
    }

    @Test
    void settlementsWaitForAFullDiskAndAreWrittenWhenThereIsRoom() {
        try (TestLedger test = open().with(ALICE, Credits.ofDollars(1))) {
            Ledger ledger = test.ledger;
            for (int i = 1; i <= 3; i++) ledger.hold(job(i), ALICE, HOLD);
            now(ledger.settle(settlement(job(1), 10, 20)));

            FaultyDisk.FULL.set(true);
            CompletionStage<Settlement.Done> waiting = ledger.settle(settlement(job(2), 10, 20));
            await().until(() -> ledger.health() instanceof LedgerHealth.Unavailable);
            CompletionStage<Settlement.Done> later = ledger.settle(settlement(job(3), 10, 20));

            assertThat(((LedgerHealth.Unavailable) ledger.health()).reason()).contains("is full");
            assertThat(((LedgerHealth.Unavailable) ledger.health()).retrying()).isTrue();
            assertThat(ledger.hold(job(4), ALICE, HOLD)).isInstanceOf(HoldDecision.Unavailable.class);
            assertThat(waiting.toCompletableFuture()).isNotDone();
            await("H2 closes itself").until(() -> FaultyDisk.H2_REFUSED.get() > 0);

            FaultyDisk.FULL.set(false);
            now(waiting);
            now(later);
            await().until(() -> ledger.health() instanceof LedgerHealth.Available);
            assertThat(ledger.hold(job(4), ALICE, HOLD)).isInstanceOf(HoldDecision.Held.class);
            assertThat(ledger.audit().fault()).isEmpty();
        }
    }

    @Test
    void closingWithAFullDiskTellsWhoseSettlementWasNotWritten() {
        TestLedger test = open().with(ALICE, Credits.ofDollars(1));
        test.ledger.hold(job(1), ALICE, HOLD);
        test.ledger.hold(job(2), ALICE, HOLD);
        now(test.ledger.settle(settlement(job(1), 10, 20)));
        FaultyDisk.FULL.set(true);
        CompletionStage<Settlement.Done> lost = test.ledger.settle(settlement(job(2), 10, 20));
        await().until(() -> test.ledger.health() instanceof LedgerHealth.Unavailable);

        test.close();

        assertThatThrownBy(() -> now(lost))
                .hasCauseInstanceOf(LedgerException.class)
                .hasMessageContaining("is full");
        FaultyDisk.FULL.set(false);
        try (TestLedger again = open()) {
            assertThat(again.ledger.receipts(job(1))).hasSize(1);
            assertThat(again.ledger.receipts(job(2))).isEmpty();
            assertThat(again.ledger.balance(ALICE).orElseThrow().held()).isEqualTo(Credits.ZERO);
            assertThat(again.ledger.audit().fault()).isEmpty();
        }
    }

    @Test
    void aSecondWriterStopsTheLedgerInsteadOfSpoilingIt() {
        TestLedger test = open().with(ALICE, Credits.ofDollars(1));
        test.ledger.hold(job(1), ALICE, HOLD);
        now(test.ledger.openAccount(ALICE));
        LedgerStore other = test.database.ledger();
        JournalBatch.Head head = other.head();
        other.append(
                new JournalBatch(head.batchNumber() + 1, head.lastSeq(), List.of(), List.of(), List.of(), List.of()));

        assertThatThrownBy(() -> now(test.ledger.settle(settlement(job(1), 10, 20))))
                .hasMessageContaining("Another orchestrator wrote to this ledger");

        assertThat(test.ledger.hold(job(2), ALICE, HOLD)).isInstanceOf(HoldDecision.Unavailable.class);
        assertThat(((LedgerHealth.Unavailable) test.ledger.health()).retrying()).isFalse();
        assertThatThrownBy(() -> now(test.ledger.release(job(1), ReleaseReason.FAILED)))
                .hasCauseInstanceOf(LedgerException.class);
        long start = System.nanoTime();
        test.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
