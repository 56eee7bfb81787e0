package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.accounts.ApiKey;
import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.Authentication;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.ledger.Balance;
import com.peerllm.orchestrator.ledger.KeySpending;
import com.peerllm.orchestrator.ledger.TestLedger;
import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import com.peerllm.orchestrator.storage.JournalBatch.SettlementRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data folder that the program of 22 November 2026 wrote, before keys had terms: an account with $1, three keys of which
 * one was revoked, one host, one answer that was paid.
 */
class Version1Test {
    private static final AccountId ANN = new AccountId("consumer:ann");
    /** Keys of a test network that ended before this test was written. */
    private static final String GOOD = "pllm_7e48028d5b8a_bsNSBOTn5p2VC2U7VN3MxmkL1jsxvX0Scs_lvIS5D1o";

    private static final String REVOKED = "pllm_f98064bb3ce1_hmIatPKPr18utIPhXHxx-ujKySjZO3--SXGxY0ftLII";

    @TempDir
    Path folder;

    @Test
    void itsTablesAreBroughtUpToDate() throws IOException {
        copyLog();
        try (InputStream packed = Version1Test.class.getResourceAsStream("/version1/orchestrator.mv.db.gz")) {
            Files.copy(new GZIPInputStream(packed), folder.resolve("orchestrator.mv.db"));
        }
        allIsThere();
    }

    @Test
    void itsChangeLogAloneIsEnough() throws IOException {
        copyLog();
        allIsThere();
    }

    private void copyLog() throws IOException {
        Path journal = Files.createDirectories(folder.resolve("journal"));
        try (InputStream log = Version1Test.class.getResourceAsStream("/version1/changes.log")) {
            Files.copy(log, journal.resolve("0000000000000000001.log"));
        }
    }

    private void allIsThere() {
        try (Database database = Database.open(new Embedded(folder))) {
            ApiKeys keys = new ApiKeys(database, new SecureRandom(), InstantSource.system());
            assertThat(keys.list(ANN)).extracting(ApiKey::label).containsExactlyInAnyOrder("", "laptop", "lost");
            assertThat(keys.list(ANN)).extracting(ApiKey::terms).containsOnly(KeyTerms.STANDARD);
            assertThat(keys.authenticate(GOOD)).isInstanceOf(Authentication.Accepted.class);
            assertThat(keys.authenticate(REVOKED)).isEqualTo(new Authentication.Refused(Authentication.Reason.REVOKED));
            List<SettlementRow> settled = database.ledger().settlements(0, 100);
            assertThat(settled).extracting(SettlementRow::charged).containsExactly(new Credits(9_500));
            assertThat(database.explorer().totals().earlier())
                    .isEqualTo(new ExplorerStore.Earlier(1, new Credits(9_500)));
            assertThat(settled).allSatisfy(row -> assertThat(row.keyId()).isEmpty());
            try (TestLedger ledger = TestLedger.on(database)) {
                assertThat(ledger.ledger.balance(ANN))
                        .map(Balance::posted)
                        .contains(new Credits(1_000_000_000 - 9_500));
                assertThat(ledger.ledger.spending("7e48028d5b8a")).isEqualTo(KeySpending.NOTHING);
                assertThat(ledger.ledger.audit().fault()).isEmpty();
            }
        }
    }
}
