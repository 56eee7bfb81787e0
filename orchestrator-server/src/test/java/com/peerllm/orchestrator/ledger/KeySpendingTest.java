package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.ledger.SpendLimit.Period;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a key spends is counted from settlements and holds, never passes its limit, and is known after a restart. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class KeySpendingTest {
    private static final Credits RICH = Credits.ofDollars(1_000);
    /** Each job holds 1,000,000 and costs 420,000 nano-dollars. */
    private static final Credits HOLD = new Credits(1_000_000);

    private static final long COST = 420_000;

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private static Payer payer(String key, long most, Period period) {
        return new Payer(ALICE, Optional.of(key), Optional.of(new SpendLimit(new Credits(most), period)));
    }

    @Test
    void aKeySpendsUpToItsLimitAndItsAccountMore() {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, RICH)) {
            Payer limited = payer("k1", 1_500_000, Period.TOTAL);
            assertThat(test.ledger.hold(job(1), limited, HOLD)).isInstanceOf(HoldDecision.Held.class);
            assertThat(test.ledger.hold(job(1), limited, HOLD)).as("again").isInstanceOf(HoldDecision.Held.class);
            assertThat(test.ledger.hold(job(2), limited, HOLD))
                    .isInstanceOfSatisfying(HoldDecision.KeyLimitReached.class, reached -> {
                        assertThat(reached.left()).isEqualTo(new Credits(500_000));
                        assertThat(reached.resetsAt()).isEmpty();
                    });
            assertThat(test.ledger.hold(job(2), payer("k2", 1_500_000, Period.TOTAL), HOLD))
                    .isInstanceOf(HoldDecision.Held.class);

            now(test.ledger.settle(settlement(job(1), 20, 200)));
            now(test.ledger.release(job(2), ReleaseReason.CANCELLED));

            assertThat(test.ledger.spending("k1"))
                    .isEqualTo(new KeySpending(new Credits(COST), new Credits(COST), new Credits(COST), Credits.ZERO));
            assertThat(test.ledger.spending("k2")).isEqualTo(KeySpending.NOTHING);
            assertThat(test.ledger.hold(job(3), limited, HOLD)).isInstanceOf(HoldDecision.Held.class);
        }
    }

    @Test
    void whatWasSpentIsKnownAfterARestartAndWhatWasHeldIsFree() {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, RICH)) {
            Payer payer = payer("k1", 10_000_000, Period.DAY);
            for (int i = 1; i <= 3; i++) {
                test.ledger.hold(job(i), payer, HOLD);
                now(test.ledger.settle(settlement(job(i), 20, 200)));
            }
            test.ledger.hold(job(4), payer, HOLD);
            assertThat(test.ledger.spending("k1").held()).isEqualTo(HOLD);
        }
        try (TestLedger again = TestLedger.at(kind.in(folder))) {
            assertThat(again.ledger.spending("k1").total()).isEqualTo(new Credits(3 * COST));
            assertThat(again.ledger.spending("k1").held()).isEqualTo(Credits.ZERO);
            assertThat(again.ledger.hold(job(5), payer("k1", 3 * COST + 999_999, Period.TOTAL), HOLD))
                    .isInstanceOf(HoldDecision.KeyLimitReached.class);
            assertThat(again.ledger.hold(job(5), payer("k1", 3 * COST + 1_000_000, Period.TOTAL), HOLD))
                    .isInstanceOf(HoldDecision.Held.class);
            assertThat(again.ledger.audit().fault()).isEmpty();
        }
    }

    @Test
    void aHoldThatTimesOutIsNotSpent() {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, RICH)) {
            test.ledger.hold(job(1), payer("k1", 1_000_000, Period.TOTAL), HOLD);
            test.nanos.addAndGet(TestLedger.SETTINGS.holdTimeOut().toNanos() + 1);
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(test.ledger.spending("k1")).isEqualTo(KeySpending.NOTHING));
        }
    }

    @Test
    void sixtyFourThreadsNeverPassTheLimitOfAKey() throws InterruptedException, ExecutionException {
        long most = 100 * COST + 700_000;
        Payer payer = payer("k1", most, Period.MONTH);
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, RICH);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> spenders = new ArrayList<>();
            for (int thread = 0; thread < 64; thread++) {
                int first = thread * 40;
                spenders.add(threads.submit(() -> {
                    start.await();
                    return spend(test.ledger, payer, most, first);
                }));
            }
            start.countDown();
            int paid = 0;
            for (Future<Integer> spender : spenders) paid += spender.get();

            assertThat(paid).isEqualTo(100);
            assertThat(test.ledger.spending("k1").total()).isEqualTo(new Credits(100 * COST));
            assertThat(test.posted(ALICE)).isEqualTo(RICH.minus(new Credits(100 * COST)));
        }
    }

    private static int spend(Ledger ledger, Payer payer, long most, int first) {
        int paid = 0;
        for (int i = 0; i < 40; i++) {
            JobId job = job(first + i);
            while (!(ledger.hold(job, payer, HOLD) instanceof HoldDecision.Held)) {
                KeySpending spending = ledger.spending("k1");
                assertThat(spending.total().plus(spending.held()).nanoDollars()).isLessThanOrEqualTo(most);
                // What others hold may come back; what is spent does not.
                if (most - spending.total().nanoDollars() < HOLD.nanoDollars()) return paid;
                Thread.yield();
            }
            TestLedger.now(ledger.settle(settlement(job, 20, 200)));
            paid++;
        }
        return paid;
    }

    @Test
    void daysAndMonthsBeginAnewInUtc() {
        SpendingBook book = new SpendingBook();
        Instant evening = Instant.parse("2026-12-31T23:59:59Z");
        Instant morning = Instant.parse("2027-01-01T00:00:00Z");
        book.charged("k", new Credits(5), Instant.parse("2026-12-30T12:00:00Z"));
        book.charged("k", new Credits(7), evening);

        assertThat(book.of("k", evening))
                .isEqualTo(new KeySpending(new Credits(12), new Credits(7), new Credits(12), Credits.ZERO));
        assertThat(book.of("k", morning))
                .isEqualTo(new KeySpending(new Credits(12), Credits.ZERO, Credits.ZERO, Credits.ZERO));
        assertThat(Period.DAY.endAfter(evening)).contains(morning);
        assertThat(Period.MONTH.endAfter(evening)).contains(morning);
        assertThat(Period.MONTH.endAfter(morning)).contains(Instant.parse("2027-02-01T00:00:00Z"));
    }

    /** Its charge will fall into the new day, so it has to count there. */
    @Test
    void whatIsHeldOverMidnightCountsInTheNewDay() {
        SpendingBook book = new SpendingBook();
        Instant evening = Instant.parse("2026-12-31T23:59:59Z");
        Instant morning = evening.plusSeconds(2);
        Payer payer = payer("k", 10, Period.DAY);
        book.held(TransferId.holdOf(job(1)), payer, new Credits(8));

        assertThat(book.refusal(payer, new Credits(3), morning)).isPresent();
        book.ended(TransferId.holdOf(job(1)));
        book.charged("k", new Credits(6), morning);
        assertThat(book.refusal(payer, new Credits(4), morning)).isEmpty();
        assertThat(book.refusal(payer, new Credits(5), morning)).isPresent();
    }

    @Test
    void aClockThatGoesBackOverMidnightGivesNothingAnew() {
        SpendingBook book = new SpendingBook();
        Instant morning = Instant.parse("2027-01-01T00:00:01Z");
        book.charged("k", new Credits(5), morning);

        assertThat(book.of("k", morning.minusSeconds(5)).today()).isEqualTo(new Credits(5));
        book.charged("k", new Credits(2), morning.minusSeconds(5));
        assertThat(book.of("k", morning).today()).isEqualTo(new Credits(7));
    }
}
