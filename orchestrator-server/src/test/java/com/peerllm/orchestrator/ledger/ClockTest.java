package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that jumps over years, back and forth, breaks nothing; time-outs do not go by it at all. */
class ClockTest {
    private static final Credits HOLD = new Credits(1_000_000);
    private static final Instant TODAY = Instant.parse("2026-12-01T12:00:00Z");
    private static final List<Instant> JUMPS = List.of(
            TODAY,
            Instant.EPOCH,
            Instant.parse("2999-12-31T23:59:59.999Z"),
            TODAY.minus(Duration.ofDays(1)),
            Instant.parse("1900-01-01T00:00:00Z"),
            Instant.ofEpochMilli(Long.MAX_VALUE / 1_000),
            TODAY);

    @TempDir
    Path folder;

    /** The journal's thread has looked for time-outs at least once since this was called. */
    private static void letTheJournalLook(TestLedger test) {
        now(test.ledger.openAccount(ALICE));
    }

    @Test
    void noHoldIsFreedAndEveryReceiptHasTheTimeOfItsMoment() {
        try (TestLedger test = TestLedger.in(folder).with(ALICE, Credits.ofDollars(1))) {
            test.ledger.hold(job(100), ALICE, HOLD);
            for (int i = 0; i < JUMPS.size(); i++) {
                Instant moment = JUMPS.get(i);
                test.clock.set(() -> moment);
                letTheJournalLook(test);
                test.ledger.hold(job(i), ALICE, HOLD);
                Settlement.Done done = now(test.ledger.settle(settlement(job(i), 20, 200)));
                assertThat(done.receipts())
                        .extracting(Receipt::settledAtMillis)
                        .containsExactly(Math.max(0, moment.toEpochMilli()));
                assertThat(test.ledger.balance(ALICE).orElseThrow().held()).isEqualTo(HOLD);
                assertThat(test.ledger.audit().fault()).isEmpty();
            }
            now(test.ledger.settle(settlement(job(100), 20, 200)));
        }
        try (TestLedger again = TestLedger.in(folder)) {
            assertThat(again.ledger.audit().settlements()).isEqualTo(JUMPS.size() + 1);
            assertThat(now(again.ledger.settle(settlement(job(2), 20, 200))).receipts())
                    .extracting(Receipt::settledAtMillis)
                    .containsExactly(JUMPS.get(2).toEpochMilli());
        }
    }

    @Test
    void timeOutsAreRightWhenTheCounterOfNanosecondsWrapsAround() {
        try (TestLedger test = TestLedger.in(folder).with(ALICE, Credits.ofDollars(1))) {
            long timeOut = TestLedger.SETTINGS.holdTimeOut().toNanos();
            test.nanos.set(Long.MAX_VALUE - timeOut / 2);
            test.ledger.hold(job(1), ALICE, HOLD);
            test.nanos.addAndGet(timeOut - 1);
            assertThat(test.nanos.get()).isNegative();
            letTheJournalLook(test);
            letTheJournalLook(test);
            assertThat(test.ledger.balance(ALICE).orElseThrow().held()).isEqualTo(HOLD);
            test.nanos.addAndGet(2);
            await().until(() -> test.ledger.balance(ALICE).orElseThrow().held().isZero());
        }
    }

    @Test
    void aKeyIsNeverLockedForYearsByAClockThatWasWrongAndNeverPassesItsLimitByOneThatWavers() {
        Payer payer = new Payer(
                ALICE, Optional.of("k"), Optional.of(new SpendLimit(new Credits(900_000), SpendLimit.Period.DAY)));
        SpendingBook book = new SpendingBook();
        Instant wrong = Instant.parse("2999-01-01T00:00:00Z");
        book.charged("k", new Credits(800_000), wrong);
        assertThat(book.refusal(payer, new Credits(800_000), wrong)).isPresent();
        assertThat(book.refusal(payer, new Credits(800_000), TODAY))
                .as("the clock is right again")
                .isEmpty();

        book.charged("k", new Credits(800_000), TODAY);
        assertThat(book.refusal(payer, new Credits(800_000), TODAY)).isPresent();
        assertThat(book.refusal(payer, new Credits(800_000), TODAY.minus(Duration.ofHours(20))))
                .as("back over midnight")
                .isPresent();
        book.charged("k", new Credits(100_000), TODAY.minus(Duration.ofHours(20)));
        assertThat(book.of("k", TODAY).today()).isEqualTo(new Credits(900_000));
        assertThat(book.of("k", TODAY.plus(Duration.ofDays(1))).today()).isEqualTo(Credits.ZERO);
        assertThat(book.of("k", TODAY).total()).isEqualTo(new Credits(1_700_000));
    }
}
