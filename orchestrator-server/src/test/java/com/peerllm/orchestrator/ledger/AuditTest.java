package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST_ACCOUNT;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An audit finds whatever was changed behind the ledger's back, and a changed ledger does not open. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class AuditTest {
    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    /** Lines of the journal: 1 top-up, 2 hold, 3 end of the hold, 4 host's share, 5 network's share, 6 a second hold. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        update account set credits_posted = credits_posted + 1 where id like 'host:%'  | in the account table
        update account set debits_posted = 0, credits_posted = 0                       | in the account table
        insert into account values ('host:ghost', 0, 5, 5, 0, 0)                       | host:ghost is in the account table
        update transfer set amount = amount - 1 where seq = 4                          | was charged
        update transfer set amount = amount + 1 where seq = 3                          | Journal line 3
        update transfer set amount = 99999999999999 where seq = 2                      | Journal line 2
        update transfer set credit_account = 'network:fees' where seq = 4              | in the account table
        update transfer set debit_account = 'consumer:bob' where seq = 4               | Journal line 4
        update transfer set id = 'elsewhere' where seq = 5                             | Journal line 5
        delete from transfer where seq = 4                                             | Journal line 4 is missing
        delete from transfer where seq = 6                                             | Journal line 6 is missing
        delete from settlement                                                         | no settlement belongs to it
        update settlement set charged = charged + 1                                    | was charged
        update settlement set consumer = 'consumer:bob'                                | does not fit it
        insert into settlement (seq, job, consumer, held, charged, dropped, fingerprint, settled_at) values (2, 'job_ffffffffffffffffffffffffffffffff', 'consumer:alice', 9, 9, 0, 'x', 0) | no lines for the settlement
        """)
    void namesWhatWasChanged(String change, String finding) throws SQLException {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, Credits.ofDollars(1))) {
            test.ledger.hold(job(1), ALICE, new Credits(1_000_000));
            now(test.ledger.settle(settlement(job(1), 10, 20)));
            test.ledger.hold(job(2), ALICE, new Credits(1_000_000));
            assertThat(test.ledger.audit()).isEqualTo(new AuditReport(6, 1, 5, 1, Optional.empty()));

            change(change);

            assertThat(test.ledger.audit().fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains(finding));
        }
        assertThatThrownBy(() -> TestLedger.at(kind.in(folder)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("does not add up");
    }

    /** Leaves of the log: 0 top-up, 1 the payment of the job. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        update explorer_total set charged = charged + 1                            | payments in all
        update explorer_total set jobs = 2                                         | jobs
        update explorer_total set hosts = 0                                        | hosts
        update explorer_total set leaves = 1                                       | has added up 1 leaves
        update explorer_kind set balance = balance + 1 where kind = 'promo' or kind = 'host' | account kinds, host
        update explorer_cause set amount = amount * 2                              | causes, top_up
        update explorer_host set host_share = host_share + 1                       | hosts, host_
        update explorer_host set payout_sent = 7                                   | hosts, host_
        update explorer_host_day set epoch_day = epoch_day - 1                     | days of hosts
        update explorer_host_entry set leaf_index = 0                              | numbered leaves of hosts
        delete from explorer_host_entry                                            | numbered leaves of hosts
        update explorer_model set model = 'oak'                                    | models
        update explorer_model_day set host_share = host_share + 1                  | days of models
        delete from explorer_model                                                 | is missing
        """)
    void namesAWrongSumOfTheExplorer(String change, String finding) throws SQLException {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, Credits.ofDollars(1))) {
            test.ledger.hold(job(1), ALICE, new Credits(1_000_000));
            now(test.ledger.settle(settlement(job(1), 10, 20)));
            assertThat(test.ledger.audit().fault()).isEmpty();

            change(change);

            assertThat(test.ledger.audit().fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains(finding));
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = kind.connect(folder);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as("rows changed").isPositive();
        }
    }

    @Test
    void anAuditOfABusyLedgerIsClean() throws Exception {
        try (TestLedger test = TestLedger.at(kind.in(folder)).with(ALICE, Credits.ofDollars(1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> work = threads.submit(() -> {
                for (int i = 1; i <= 300; i++) {
                    test.ledger.hold(job(i), ALICE, new Credits(1_000_000));
                    var settled = test.ledger.settle(settlement(job(i), 10, 20));
                    if (i % 20 == 0) now(settled);
                }
            });
            int audits = 0;
            do {
                assertThat(test.ledger.audit().fault()).isEmpty();
                audits++;
            } while (!work.isDone());
            work.get();

            assertThat(audits).isGreaterThan(1);
            assertThat(test.ledger.audit().settlements()).isEqualTo(300);
            assertThat(test.posted(HOST_ACCOUNT)).isEqualTo(new Credits(300 * 47_500));
        }
    }
}
