package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One consumer's own money and its gifts, spent together from many threads at once. */
class PromoDoubleSpendTest {
    private static final int THREADS = 64;
    private static final int JOBS_EACH = 40;
    /** Each job holds 1,000,000 and costs 420,000 nano-dollars. */
    private static final Credits HOLD = new Credits(1_000_000);

    private static final AccountId GIFTS = AccountKind.promoOf(ALICE);

    @TempDir
    Path folder;

    @Test
    void sixtyFourThreadsSpendGiftsAndOwnMoneyToTheEndAndNoMore() throws InterruptedException, ExecutionException {
        long gifts = 30 * 420_000 + 123_456;
        long all = 100 * 420_000 + 700_000;
        try (TestLedger test = TestLedger.in(folder).with(ALICE, new Credits(all - gifts));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            test.withGift(ALICE, "gift", new Credits(gifts));
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> spenders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * JOBS_EACH;
                spenders.add(threads.submit(() -> {
                    start.await();
                    return spend(test, first);
                }));
            }
            start.countDown();
            int paid = 0;
            for (Future<Integer> spender : spenders) paid += spender.get();

            assertThat(paid).isEqualTo(100);
            assertThat(test.posted(ALICE).plus(test.posted(GIFTS))).isEqualTo(new Credits(700_000));
            assertThat(test.ledger.audit().fault()).isEmpty();
            List<String> leaves = test.database.leaves().range(0, 10_000).stream()
                    .map(LeafRow::text)
                    .toList();
            assertThat(LeafSums.of(leaves)).isEqualTo(LeafSums.ofBalances(test.ledger.balances()));
        }
    }

    private static int spend(TestLedger test, int first) {
        int paid = 0;
        for (int i = 0; i < JOBS_EACH; i++) {
            JobId job = job(first + i);
            while (!(test.ledger.hold(job, ALICE, HOLD) instanceof HoldDecision.Held)) {
                // What others hold may come back; what is posted does not.
                Credits left = test.posted(ALICE).plus(test.posted(GIFTS));
                if (left.compareTo(HOLD) < 0) return paid;
                Thread.yield();
            }
            TestLedger.now(test.ledger.settle(settlement(job, 20, 200)));
            paid++;
        }
        return paid;
    }
}
