package com.peerllm.orchestrator.storage;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.ledger.HoldDecision;
import com.peerllm.orchestrator.ledger.LedgerException;
import com.peerllm.orchestrator.ledger.LedgerHealth;
import com.peerllm.orchestrator.ledger.Settlement;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.StorageException.Code;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a PostgreSQL can do to an orchestrator: be set up badly, be shared, be away, be killed. */
class PostgresTest {
    private static final Credits HOLD = new Credits(1_000_000);

    @TempDir
    Path folder;

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        StorageException refusal =
                failure(new DatabaseAddress.Jdbc("jdbc:postgresql://127.0.0.1:" + nobody + "/peerllm", "u", "p"));

        assertThat(refusal.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(refusal).hasMessageContaining(nobody + "/peerllm cannot be reached. Is it running");
    }

    @Test
    void whomTheServerDoesNotLetInIsToldWhatToCheck() {
        PostgresServer server = PostgresServer.shared();
        DatabaseAddress.Jdbc there = server.address("postgres");

        StorageException noUser = failure(new DatabaseAddress.Jdbc(there.url(), "nobody", "secret"));
        StorageException noDatabase = failure(server.address("never_made"));

        assertThat(noUser.code()).isEqualTo(Code.NOT_PERMITTED);
        assertThat(noUser)
                .hasMessageContaining("--database-user and --database-password-file")
                .hasMessageContaining("SQLSTATE 28")
                .hasMessageNotContaining("secret");
        assertThat(noDatabase.code()).isEqualTo(Code.NOT_PERMITTED);
        assertThat(noDatabase).hasMessageContaining("SQLSTATE 3D000");
    }

    @Test
    void commitsWaitForTheDiskAlsoWhereTheServerWouldNotWait() {
        PostgresServer server = PostgresServer.shared();
        DatabaseAddress.Jdbc address = server.database("hurried");
        server.sql("postgres", "alter database hurried set synchronous_commit = off");
        try (Database database = Database.open(address)) {
            for (int i = 0; i < 2; i++) {
                assertThat(database.<String>read(handle -> {
                            String setting = handle.createQuery("show synchronous_commit")
                                    .mapTo(String.class)
                                    .one();
                            handle.rollback();
                            return setting;
                        }))
                        .isEqualTo("on");
            }
        }
    }

    @Test
    void aServerThatDoesNotForceItsDiskIsRefused() {
        try (PostgresServer server = PostgresServer.in(folder)) {
            DatabaseAddress.Jdbc address = server.database("peerllm");
            server.kill();
            server.startAgain(false);

            StorageException refusal = failure(address);

            assertThat(refusal.code()).isEqualTo(Code.NOT_DURABLE);
            assertThat(refusal).hasMessageContaining("fsync = off").hasMessageContaining("Set fsync = on");
        }
    }

    @Test
    void aSecondOrchestratorIsToldThatTheDatabaseIsInUse() {
        DatabaseAddress address = TestDatabase.POSTGRESQL.in(folder);
        try (TestLedger first = TestLedger.at(address).with(ALICE, Credits.ofDollars(1))) {
            first.ledger.hold(job(1), ALICE, HOLD);

            StorageException refusal = failure(address);

            assertThat(refusal.code()).isEqualTo(Code.LOCKED);
            assertThat(refusal).hasMessageContaining("Another orchestrator is using the database at");
            Settlement.Done done = now(first.ledger.settle(settlement(job(1), 10, 20)));
            assertThat(done.receipts()).as("its hold was not given back").hasSize(1);
        }
        TestLedger.at(address).close();
    }

    @Test
    void brokenConnectionsAreMadeAgainAndNothingIsWrittenTwice() {
        DatabaseAddress.Jdbc address = (DatabaseAddress.Jdbc) TestDatabase.POSTGRESQL.in(folder);
        try (TestLedger test = TestLedger.at(address).with(ALICE, Credits.ofDollars(1))) {
            for (int i = 1; i <= 5; i++) {
                test.ledger.hold(job(i), ALICE, HOLD);
                breakConnections(address);
                now(test.ledger.settle(settlement(job(i), 10, 20)));
            }
            await().until(() -> test.ledger.health() instanceof LedgerHealth.Available);
            // The first readers may meet a connection that is gone and not yet known to be.
            await().ignoreExceptionsInstanceOf(LedgerException.class)
                    .untilAsserted(() -> assertThat(test.ledger.audit().fault()).isEmpty());
            assertThat(test.ledger.audit().settlements()).isEqualTo(5);
            assertThat(failure(address).code()).as("the lock was taken again").isEqualTo(Code.LOCKED);
        }
    }

    private static void breakConnections(DatabaseAddress.Jdbc address) {
        String name = address.url().substring(address.url().lastIndexOf('/') + 1);
        PostgresServer.shared()
                .sql(
                        "postgres",
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    /** The batch was written, but the answer got lost: the journal asks again. */
    @Test
    void aBatchWhoseAnswerWasLostIsNotWrittenTwice() {
        DatabaseAddress.Jdbc address = (DatabaseAddress.Jdbc) TestDatabase.POSTGRESQL.in(folder);
        JournalBatch batch = new JournalBatch(
                1, 0, List.of(new AccountRow(ALICE, 1, TotalsRow.ZERO)), List.of(), List.of(), List.of());
        try (Database database = Database.open(address)) {
            database.ledger().append(batch);
            breakConnections(address);
            // The first attempts may meet a connection that is gone and not yet known to be.
            await().ignoreExceptionsInstanceOf(StorageException.class)
                    .untilAsserted(() -> database.ledger().append(batch));

            assertThat(database.ledger().head()).isEqualTo(new Head(1, 0));
            assertThat(database.ledger().accounts()).hasSize(1);
        }
    }

    @Test
    void settlementsWaitWhileTheServerIsKilledAndAreWrittenWhenItIsBack() {
        try (PostgresServer server = PostgresServer.in(folder)) {
            DatabaseAddress.Jdbc address = server.database("peerllm");
            try (TestLedger test = TestLedger.at(address).with(ALICE, Credits.ofDollars(1))) {
                for (int i = 1; i <= 3; i++) test.ledger.hold(job(i), ALICE, HOLD);
                Settlement.Done before = now(test.ledger.settle(settlement(job(1), 10, 20)));

                server.kill();
                CompletionStage<Settlement.Done> waiting = test.ledger.settle(settlement(job(2), 10, 20));
                await().until(() -> test.ledger.health() instanceof LedgerHealth.Unavailable);
                assertThat(((LedgerHealth.Unavailable) test.ledger.health()).retrying())
                        .isTrue();
                assertThat(test.ledger.hold(job(4), ALICE, HOLD)).isInstanceOf(HoldDecision.Unavailable.class);
                assertThat(waiting.toCompletableFuture()).isNotDone();

                server.startAgain(true);
                now(waiting);
                assertThat(test.ledger.receipts(job(1))).isEqualTo(before.receipts());
                now(test.ledger.settle(settlement(job(3), 10, 20)));
                assertThat(test.ledger.audit().fault()).isEmpty();
                assertThat(test.ledger.audit().settlements()).isEqualTo(3);
            }
        }
    }

    private static StorageException failure(DatabaseAddress address) {
        return catchThrowableOfType(
                StorageException.class, () -> Database.open(address).close());
    }
}
