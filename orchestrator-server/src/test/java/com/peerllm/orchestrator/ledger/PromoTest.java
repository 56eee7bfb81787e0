package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST_ACCOUNT;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gifts are spent before a consumer's own money, for answers only, and end when they were said to. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PromoTest {
    private static final AccountId GIFTS = AccountKind.promoOf(ALICE);
    /** What 20 prompt and 200 completion tokens cost. */
    private static final Credits COST = new Credits(420_000);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private TestLedger test;
    private Ledger ledger;

    @BeforeEach
    void open() {
        test = TestLedger.at(kind.in(folder)).with(ALICE, new Credits(1_000_000));
        ledger = test.ledger;
    }

    @AfterEach
    void everythingStillAddsUp() {
        try (TestLedger open = test) {
            assertThat(open.ledger.audit().fault()).isEmpty();
        }
    }

    private void restart() {
        test.close();
        test = TestLedger.at(kind.in(folder));
        ledger = test.ledger;
    }

    private void expect(long own, long ownHeld, long gifts, long giftsHeld) {
        assertThat(ledger.balance(ALICE)).contains(new Balance(ALICE, new Credits(own), new Credits(ownHeld)));
        assertThat(ledger.balance(GIFTS)).contains(new Balance(GIFTS, new Credits(gifts), new Credits(giftsHeld)));
    }

    @Test
    void giftsPayFirstAndTheConsumersOwnMoneyTheRest() {
        test.withGift(ALICE, "gift", new Credits(300_000));
        assertThat(ledger.hold(job(1), ALICE, new Credits(900_000)))
                .isEqualTo(new HoldDecision.Held(new Credits(900_000)));
        expect(1_000_000, 600_000, 300_000, 300_000);

        Settlement.Done done = now(ledger.settle(settlement(job(1), 20, 200)));

        assertThat(done.charged()).isEqualTo(COST);
        assertThat(done.released()).isEqualTo(new Credits(480_000));
        expect(880_000, 0, 0, 0);
        assertThat(test.posted(HOST_ACCOUNT)).isEqualTo(new Credits(399_000));
        assertThat(now(ledger.settle(settlement(job(1), 20, 200)))).as("again").isEqualTo(done);
        assertThat(now(ledger.fate(job(1)))).isEqualTo(JobFate.PAID);
        restart();
        expect(880_000, 0, 0, 0);
        assertThat(now(ledger.settle(settlement(job(1), 20, 200)))).as("later").isEqualTo(done);
    }

    @Test
    void aGiftLargerThanTheChargeKeepsItsRestAndTheConsumerPaysNothing() {
        test.withGift(ALICE, "gift", new Credits(5_000_000));
        ledger.hold(job(1), ALICE, new Credits(2_000_000));
        expect(1_000_000, 0, 5_000_000, 2_000_000);
        now(ledger.settle(settlement(job(1), 20, 200)));
        expect(1_000_000, 0, 5_000_000 - 420_000, 0);
    }

    @Test
    void ownMoneyAndGiftsTogetherDecideAHold() {
        test.withGift(ALICE, "gift", new Credits(300_000));
        assertThat(ledger.hold(job(1), ALICE, new Credits(1_300_001)))
                .isEqualTo(new HoldDecision.InsufficientFunds(new Credits(1_300_000), new Credits(1_300_001)));
        expect(1_000_000, 0, 300_000, 0);
        assertThat(ledger.hold(job(1), ALICE, new Credits(1_300_000))).isInstanceOf(HoldDecision.Held.class);
        assertThat(ledger.hold(job(1), ALICE, new Credits(1_300_000)))
                .as("the same hold again")
                .isInstanceOf(HoldDecision.Held.class);
        assertThat(ledger.hold(job(1), ALICE, new Credits(1_000_000))).isInstanceOf(HoldDecision.AlreadyUsed.class);
        now(ledger.release(job(1), ReleaseReason.CANCELLED));
        assertThat(ledger.hold(job(1), ALICE, new Credits(1_300_000))).isInstanceOf(HoldDecision.AlreadyUsed.class);
        assertThat(ledger.hold(job(2), GIFTS, new Credits(1)))
                .as("gifts pay through their consumer only")
                .isInstanceOf(HoldDecision.UnknownAccount.class);
    }

    @Test
    void bothPartsComeBackTogether() {
        test.withGift(ALICE, "gift", new Credits(300_000));
        ledger.hold(job(1), ALICE, new Credits(900_000));
        now(ledger.release(job(1), ReleaseReason.CANCELLED));
        expect(1_000_000, 0, 300_000, 0);

        ledger.hold(job(2), ALICE, new Credits(900_000));
        Settlement.Done nothing = now(ledger.settle(settlement(job(2), 0, 0)));
        assertThat(nothing.released()).isEqualTo(new Credits(900_000));
        assertThat(now(ledger.settle(settlement(job(2), 0, 0)))).isEqualTo(nothing);
        expect(1_000_000, 0, 300_000, 0);

        ledger.hold(job(3), ALICE, new Credits(900_000));
        test.nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        await().untilAsserted(() -> expect(1_000_000, 0, 300_000, 0));

        ledger.hold(job(4), ALICE, new Credits(900_000));
        restart();
        expect(1_000_000, 0, 300_000, 0);
        assertThat(now(ledger.fate(job(4)))).isEqualTo(JobFate.RELEASED);
    }

    @Test
    void whatGiftsPayIsALeafBeforeThePayment() {
        test.withGift(ALICE, "gift", new Credits(300_000));
        ledger.hold(job(1), ALICE, new Credits(900_000));
        Settlement.Done done = now(ledger.settle(settlement(job(1), 20, 200)));

        long end = test.database.leaves().count();
        List<LeafRow> leaves = test.database.leaves().range(end - 2, end);
        String context = job(1) + "/promo";
        assertThat(leaves).hasSize(2);
        assertThat(leaves.get(0).text().lines().filter(line -> !line.startsWith("time ")))
                .containsExactly(
                        "peerllm entry v1",
                        "cause promo_spent",
                        "debit promo:" + TestLedger.PSEUDONYMS.commitment(GIFTS, context),
                        "credit consumer:" + TestLedger.PSEUDONYMS.commitment(ALICE, context),
                        "amount 300000");
        assertThat(leaves.get(1).text())
                .isEqualTo(new String(done.receipts().getFirst().message(), StandardCharsets.UTF_8));
        assertThat(leaves).isEqualTo(test.leaves.subList((int) end - 2, (int) end));
    }

    @Test
    void spendLimitsCountGiftsToo() {
        test.withGift(ALICE, "gift", new Credits(300_000));
        SpendLimit limit = new SpendLimit(new Credits(1_000_000), SpendLimit.Period.TOTAL);
        Payer payer = new Payer(ALICE, Optional.of("k1"), Optional.of(limit));
        assertThat(ledger.hold(job(1), payer, new Credits(1_000_001))).isInstanceOf(HoldDecision.KeyLimitReached.class);
        assertThat(ledger.hold(job(1), payer, new Credits(900_000))).isInstanceOf(HoldDecision.Held.class);
        assertThat(ledger.spending("k1").held()).isEqualTo(new Credits(900_000));
        now(ledger.settle(settlement(job(1), 20, 200)));
        assertThat(ledger.spending("k1").total()).isEqualTo(COST);
        assertThat(ledger.spending("k1").held()).isEqualTo(Credits.ZERO);
    }

    @Test
    void giftsEndWhenTheirTimeIsOverAndWhatRunsIsNotDisturbed() {
        Instant start = Instant.parse("2026-12-01T00:00:00Z");
        test.clock.set(() -> start);
        Instant end = start.plus(Duration.ofDays(1));
        test.withGift(ALICE, new TransferId("short").until(end).value(), new Credits(500_000));
        test.withGift(
                ALICE,
                new TransferId("long").until(end.plus(Duration.ofDays(1))).value(),
                new Credits(70_000));
        test.withGift(ALICE, "for-ever", new Credits(6_000));
        ledger.hold(job(1), ALICE, new Credits(450_000));
        expect(1_000_000, 0, 576_000, 450_000);

        test.clock.set(() -> end);
        await().untilAsserted(() -> expect(1_000_000, 0, 526_000, 450_000));

        now(ledger.settle(settlement(job(1), 20, 200)));
        // 420,000 of the short gift were spent; 50,000 had ended before and 30,000 end now.
        await().untilAsserted(() -> expect(1_000_000, 0, 76_000, 0));
        test.clock.set(() -> end.plus(Duration.ofDays(400)));
        await().untilAsserted(() -> expect(1_000_000, 0, 6_000, 0));
        restart();
        expect(1_000_000, 0, 6_000, 0);
    }

    @Test
    void aGiftThatEndedWhileNobodyRanEndsAtTheStart() {
        test.withGift(
                ALICE,
                new TransferId("past").until(Instant.now().minusSeconds(60)).value(),
                new Credits(9));
        await().untilAsserted(() -> expect(1_000_000, 0, 0, 0));
        test.clock.set(() -> Instant.now().minus(Duration.ofDays(1000)));
        test.withGift(
                ALICE,
                new TransferId("soon").until(Instant.now().minusSeconds(50)).value(),
                new Credits(7));
        expect(1_000_000, 0, 7, 0);
        restart();
        await().untilAsserted(() -> expect(1_000_000, 0, 0, 0));
    }

    @Test
    void onlyAnswersAndTheEndOfItsTimeTakeAGift() {
        test.withGift(ALICE, "gift", new Credits(300_000));
        for (LedgerCause cause : LedgerCause.values()) {
            for (AccountId to : List.of(
                    ALICE,
                    HOST_ACCOUNT,
                    AccountKind.NETWORK_FEES,
                    AccountKind.MINT_OF_CREDITS,
                    new AccountId("payout:transit"),
                    new AccountId("creator:carol"))) {
                if (cause == LedgerCause.PROMO_EXPIRED && to.equals(AccountKind.MINT_OF_CREDITS)) continue;
                assertThatThrownBy(() -> ledger.post(new TransferId("t"), cause, GIFTS, to, new Credits(1)))
                        .as("%s to %s", cause, to)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    /** Lines: 1 top-up, 2 gift, 3 and 4 hold, 5 and 6 its end, 7 what gifts pay, 8 host, 9 network. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        update transfer set cause = 'settlement' where seq = 7              | Journal line 7
        update transfer set cause = 'promo_expired' where seq = 7           | Journal line 7
        update transfer set amount = amount - 1 where seq = 7               | should have paid
        update transfer set debit_account = 'consumer:alice', credit_account = 'promo:alice' where seq = 7 | Journal line 7
        update transfer set id = 'elsewhere' where seq = 7                  | Journal line 7
        update transfer set cause = 'released_failed' where seq = 6         | Journal line 6
        update transfer set cause = 'top_up' where seq = 2                  | Journal line 2
        update transfer set cause = 'nonsense' where seq = 1                | Journal line 1
        update settlement set held = held - 1                               | does not fit it
        """)
    void anAuditNamesWhatWasChangedAboutGifts(String change, String finding) throws SQLException {
        Path other = folder.resolve("other");
        try (TestLedger changed = TestLedger.at(kind.in(other)).with(ALICE, new Credits(1_000_000))) {
            changed.withGift(ALICE, "gift", new Credits(300_000));
            changed.ledger.hold(job(1), ALICE, new Credits(900_000));
            now(changed.ledger.settle(settlement(job(1), 20, 200)));
            assertThat(changed.ledger.audit()).isEqualTo(new AuditReport(9, 1, 6, 0, Optional.empty()));
            try (var connection = kind.connect(other);
                    var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(change)).isPositive();
            }
            assertThat(changed.ledger.audit().fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains(finding));
        }
    }
}
