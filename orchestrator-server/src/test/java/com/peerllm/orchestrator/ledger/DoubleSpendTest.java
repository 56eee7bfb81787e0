package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.TestDatabase;
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
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One balance, spent from many threads at once. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DoubleSpendTest {
    private static final int THREADS = 64;
    private static final int JOBS_EACH = 40;
    /** Each job holds 1,000,000 and costs 420,000 nano-dollars. */
    private static final Credits HOLD = new Credits(1_000_000);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    @Test
    void sixtyFourThreadsCannotSpendMoreThanThereIs() throws InterruptedException, ExecutionException {
        Credits enoughFor100 = new Credits(100 * 420_000 + 700_000);
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, enoughFor100);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> spenders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * JOBS_EACH;
                spenders.add(threads.submit(() -> {
                    start.await();
                    return spend(test.ledger, first);
                }));
            }
            start.countDown();
            int paid = 0;
            for (Future<Integer> spender : spenders) paid += spender.get();

            // The last 700,000 and what else is left cannot cover a hold.
            assertThat(paid).isEqualTo(100);
            assertThat(test.posted(ALICE)).isEqualTo(new Credits(700_000));
            assertThat(test.ledger.audit().fault()).isEmpty();
        }
    }

    private static int spend(Ledger ledger, int first) {
        int paid = 0;
        for (int i = 0; i < JOBS_EACH; i++) {
            JobId job = job(first + i);
            while (true) {
                HoldDecision decision = ledger.hold(job, ALICE, HOLD);
                if (decision instanceof HoldDecision.Held) {
                    TestLedger.now(ledger.settle(settlement(job, 20, 200)));
                    paid++;
                    break;
                }
                // What others hold may come back; what is posted does not.
                Balance balance = ledger.balance(ALICE).orElseThrow();
                if (balance.posted().compareTo(HOLD) < 0) return paid;
                Thread.yield();
            }
        }
        return paid;
    }
}
