package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash left in H2's tables of a change that was never finished. */
class SoundTablesTest {
    @TempDir
    Path folder;

    private Credits left;

    @BeforeEach
    void settleOnce() {
        try (TestLedger test = TestLedger.in(folder).with(ALICE, Credits.ofDollars(1))) {
            test.ledger.hold(job(1), ALICE, new Credits(1_000_000));
            now(test.ledger.settle(settlement(job(1), 10, 20)));
            left = test.posted(ALICE);
        }
    }

    @Test
    void afterACrashASumThatWasAddedTwiceIsMadeAnewFromTheChangeLog() throws SQLException, IOException {
        change("update explorer_total set charged = charged * 2, payments = payments * 2");
        change("update account set debits_posted = debits_posted * 2 where id = 'consumer:alice'");
        leaveTheMarkOfACrash();

        try (TestLedger again = TestLedger.in(folder)) {
            assertThat(again.posted(ALICE)).isEqualTo(left);
            assertThat(again.ledger.audit().fault()).isEmpty();
        }
        assertThat(folder.resolve("orchestrator.mv.db.damaged")).exists();
    }

    @Test
    void afterACleanEndNothingIsMadeAnewAndAWrongSumIsNamed() throws SQLException {
        change("update account set debits_posted = debits_posted * 2 where id = 'consumer:alice'");

        assertThatThrownBy(() -> TestLedger.in(folder))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("does not add up");
        assertThat(folder.resolve("orchestrator.mv.db.damaged")).doesNotExist();
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = TestDatabase.H2.connect(folder);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private void leaveTheMarkOfACrash() throws IOException {
        Files.writeString(folder.resolve("orchestrator.open"), "1");
    }
}
