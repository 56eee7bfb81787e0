package com.peerllm.orchestrator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.peerllm.orchestrator.storage.AccountRow.TotalsRow;
import com.peerllm.orchestrator.storage.JournalBatch.Head;
import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.orchestrator.storage.StorageException.Code;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The journal is written once and in turn, whatever is repeated. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class JournalTest {
    private static final AccountId MINT = new AccountId("mint:credits");
    private static final AccountId ALICE = new AccountId("consumer:alice");

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    @Test
    void aBatchThatIsWrittenAgainChangesNothing() {
        try (Database database = Database.open(kind.in(folder))) {
            LedgerStore store = database.ledger();
            store.append(firstBatch());
            store.append(firstBatch());

            assertThat(store.head()).isEqualTo(new Head(1, 1));
            assertThat(store.transfers(0, 10)).isEqualTo(firstBatch().transfers());
            assertThat(store.accounts())
                    .containsExactly(
                            new AccountRow(ALICE, 1, new TotalsRow(0, 5, 0, 0)),
                            new AccountRow(MINT, 1, new TotalsRow(5, 0, 0, 0)));
        }
    }

    @Test
    void aBatchOutOfTurnIsRefused() {
        try (Database database = Database.open(kind.in(folder))) {
            LedgerStore store = database.ledger();
            store.append(firstBatch());
            JournalBatch gap = new JournalBatch(3, 1, List.of(), List.of(), List.of(), List.of());
            JournalBatch wrongSeq = new JournalBatch(2, 7, List.of(), List.of(), List.of(), List.of());

            assertThatThrownBy(() -> store.append(gap)).hasMessageContaining("Another orchestrator wrote");
            assertThatThrownBy(() -> store.append(wrongSeq)).hasMessageContaining("Another orchestrator wrote");
        }
    }

    @Test
    void anIdThatIsInTheJournalIsNotWrittenAgainAndNothingOfItsBatchIs() {
        try (Database database = Database.open(kind.in(folder))) {
            LedgerStore store = database.ledger();
            store.append(firstBatch());
            TransferRow fresh = new TransferRow(2, "fresh", Phase.POST, MINT, ALICE, new Credits(1), "top_up", 2);
            TransferRow used = new TransferRow(3, "top-up-1", Phase.POST, MINT, ALICE, new Credits(1), "top_up", 2);
            JournalBatch batch = new JournalBatch(2, 3, List.of(), List.of(fresh, used), List.of(), List.of());

            StorageException refusal = catchThrowableOfType(StorageException.class, () -> store.append(batch));

            assertThat(refusal.code()).isEqualTo(Code.CONFLICT);
            assertThat(store.head()).isEqualTo(new Head(1, 1));
            assertThat(store.transfer("fresh")).isEmpty();
        }
    }

    private static JournalBatch firstBatch() {
        TransferRow line = new TransferRow(1, "top-up-1", Phase.POST, MINT, ALICE, new Credits(5), "top_up", 2);
        List<AccountRow> accounts =
                List.of(new AccountRow(MINT, 1, TotalsRow.ZERO), new AccountRow(ALICE, 1, TotalsRow.ZERO));
        return new JournalBatch(1, 1, accounts, List.of(line), List.of(), List.of());
    }
}
