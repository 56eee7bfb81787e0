package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST_ACCOUNT;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At the end of 64 bits the ledger refuses by name, and nothing changes. */
class LimitsTest {
    private static final AccountId BOB = new AccountId("consumer:bob");
    private static final Credits MOST = new Credits(Long.MAX_VALUE);
    private static final Credits ONE = new Credits(1);
    private static final Credits HOLD = new Credits(1_000_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"host:h", "creator:c", "network:fees", "payout:bank", "promo:p", "consumer:c"})
    void noAccountTakesMoreThanFitsAndIsNamed(String receiver) {
        AccountId account = new AccountId(receiver);
        AccountId giver = new AccountId("consumer:giver");
        AccountId other = new AccountId("mint:other");
        Book book = new Book(Duration.ofMinutes(1), 100);
        for (AccountId each : List.of(account, giver, AccountKind.MINT_OF_CREDITS, other)) book.open(each);
        book.apply(List.of(new Transfer.Post(new TransferId("a"), AccountKind.MINT_OF_CREDITS, account, MOST)), 0);
        book.apply(List.of(new Transfer.Post(new TransferId("b"), other, giver, ONE)), 0);
        Map<AccountId, Totals> before = book.allTotals();

        Transfer small = new Transfer.Post(new TransferId("small"), giver, account, ONE);
        Transfer fromMint = new Transfer.Post(new TransferId("mint"), AccountKind.MINT_OF_CREDITS, giver, ONE);

        assertThat(book.apply(List.of(small), 0)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(Answer.Why.OUT_OF_RANGE);
            assertThat(refused.sentence()).startsWith(receiver + " has no room for small");
        });
        assertThat(book.apply(List.of(fromMint), 0))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.sentence()).startsWith("mint:credits has no room for mint"));
        assertThat(book.allTotals()).isEqualTo(before);
        assertThat(book.fault()).isEmpty();
    }

    @Test
    void escrowHasNoRoomForTwoOfTheLargestHolds() {
        Book book = new Book(Duration.ofMinutes(1), 100);
        AccountId other = new AccountId("mint:other");
        for (AccountId each : List.of(ALICE, BOB, AccountKind.MINT_OF_CREDITS, other, AccountKind.ESCROW_OF_JOBS))
            book.open(each);
        book.apply(List.of(new Transfer.Post(new TransferId("a"), AccountKind.MINT_OF_CREDITS, ALICE, MOST)), 0);
        book.apply(List.of(new Transfer.Post(new TransferId("b"), other, BOB, ONE)), 0);
        book.apply(List.of(new Transfer.Hold(new TransferId("h"), ALICE, AccountKind.ESCROW_OF_JOBS, MOST)), 0);
        Map<AccountId, Totals> before = book.allTotals();

        assertThat(book.apply(List.of(new Transfer.Hold(new TransferId("i"), BOB, AccountKind.ESCROW_OF_JOBS, ONE)), 0))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.sentence()).startsWith("escrow:jobs has no room for i"));
        assertThat(book.allTotals()).isEqualTo(before);
    }

    @Test
    void aLedgerWithAllTheMoneyThereCanBeWorksAndStartsAgain() {
        try (TestLedger test = TestLedger.in(folder).with(ALICE, new Credits(Long.MAX_VALUE - 1_000_000))) {
            test.withGift(ALICE, "gift", new Credits(1_000_000));
            now(test.ledger.openAccount(BOB));
            assertThatThrownBy(() -> now(test.ledger.topUp(new TransferId("x"), BOB, ONE)))
                    .hasMessageContaining("mint:credits has no room for x");
            assertThat(test.ledger.hold(job(1), ALICE, MOST)).isEqualTo(new HoldDecision.Held(MOST));
            assertThat(test.ledger.hold(job(2), ALICE, ONE))
                    .isInstanceOfSatisfying(
                            HoldDecision.Unavailable.class,
                            why -> assertThat(why.reason()).startsWith("escrow:jobs has no room"));
            now(test.ledger.settle(settlement(job(1), 20, 200)));
            assertThat(test.posted(AccountKind.promoOf(ALICE))).isEqualTo(new Credits(580_000));
            // Gifts go through the consumer's own account; what both ever got fits into 64 bits, as it came from one
            // mint.
            for (int i = 2; i <= 4; i++) {
                test.ledger.hold(job(i), ALICE, HOLD);
                now(test.ledger.settle(settlement(job(i), 20, 200)));
            }
            assertThat(test.posted(AccountKind.promoOf(ALICE))).isEqualTo(Credits.ZERO);
            assertThat(test.posted(ALICE)).isEqualTo(new Credits(Long.MAX_VALUE - 4 * 420_000));
            assertThat(test.ledger.audit().fault()).isEmpty();
        }
        try (TestLedger again = TestLedger.in(folder)) {
            assertThat(again.posted(ALICE)).isEqualTo(new Credits(Long.MAX_VALUE - 4 * 420_000));
        }
    }

    @Test
    void sumsOfEverybodyFitBecauseTheMintHasNoMore() {
        try (TestLedger test = TestLedger.in(folder).with(ALICE, new Credits(Long.MAX_VALUE - 2_000_000))) {
            test.with(BOB, new Credits(1_999_999));
            test.ledger.hold(job(1), ALICE, new Credits(1_000_000_000));
            now(test.ledger.settle(settlement(job(1), 20, 200)));
            assertThat(test.posted(HOST_ACCOUNT)).isEqualTo(new Credits(399_000));
            assertThat(test.ledger.audit().fault()).isEmpty();
        }
        try (TestLedger again = TestLedger.in(folder)) {
            assertThat(again.ledger.audit().fault()).isEmpty();
            List<String> leaves = again.database.leaves().range(0, 100).stream()
                    .map(LeafRow::text)
                    .toList();
            assertThat(LeafSums.of(leaves))
                    .isEqualTo(LeafSums.ofBalances(again.ledger.balances()))
                    .containsEntry("consumer", Long.MAX_VALUE - 1 - 420_000)
                    .containsEntry("mint:credits", -(Long.MAX_VALUE - 1));
        }
    }
}
