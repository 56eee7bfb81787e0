package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.CREATOR;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST_ACCOUNT;
import static com.peerllm.orchestrator.ledger.TestLedger.ORCHESTRATOR;
import static com.peerllm.orchestrator.ledger.TestLedger.OTHER_HOST;
import static com.peerllm.orchestrator.ledger.TestLedger.PRICE;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.now;
import static com.peerllm.orchestrator.ledger.TestLedger.segment;
import static com.peerllm.orchestrator.ledger.TestLedger.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.ledger.Receipt;
import com.peerllm.shared.ledger.ReceiptVerifier;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Money from admission to receipt, on a real database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class LedgerTest {
    private static final Credits DOLLAR = Credits.ofDollars(1);

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private TestLedger test;
    private Ledger ledger;

    @BeforeEach
    void giveAliceADollar() {
        test = TestLedger.at(kind.in(folder)).with(ALICE, DOLLAR);
        ledger = test.ledger;
    }

    @AfterEach
    void everythingStillAddsUp() {
        try (TestLedger open = test) {
            assertThat(open.ledger.audit().fault()).isEmpty();
        }
    }

    @Test
    void whatMovesMoneyIsALeafInTheOrderOfTheJournal() {
        ledger.hold(job(1), ALICE, Credits.parseDollars("0.40"));
        Settlement.Done first = now(ledger.settle(settlement(job(1), 1_000, 4_500)));
        ledger.hold(job(2), ALICE, Credits.parseDollars("0.40"));
        ledger.release(job(2), ReleaseReason.CANCELLED);
        now(ledger.topUp(new TransferId("more"), ALICE, DOLLAR));

        String commitment = TestLedger.PSEUDONYMS.commitment(ALICE, "more");
        List<LeafRow> stored = test.database.leaves().range(0, 100);
        assertThat(stored.getFirst().text()).startsWith("peerllm state v1\n");
        assertThat(stored).extracting(LeafRow::index).containsExactly(0L, 1L, 2L, 3L);
        assertThat(stored).isEqualTo(test.leaves);
        assertThat(stored.get(2).text())
                .isEqualTo(new String(first.receipts().getFirst().message(), StandardCharsets.UTF_8))
                .startsWith("peerllm receipt v2\n")
                .contains("\nconsumer " + TestLedger.PSEUDONYMS.commitment(ALICE, job(1).value()) + "\n");
        assertThat(first.receipts().getFirst().leaf()).contains(2L);
        assertThat(stored.get(3).text().lines().filter(line -> !line.startsWith("time ")))
                .containsExactly(
                        "peerllm entry v1",
                        "cause top_up",
                        "debit mint:credits",
                        "credit consumer:" + commitment,
                        "amount 1000000000");
        assertThat(test.database.leaves().count()).isEqualTo(4);
    }

    @Test
    void aJobIsPaidOutOfItsHoldAndTheRestComesBack() {
        assertThat(ledger.hold(job(1), ALICE, Credits.parseDollars("0.40")))
                .isEqualTo(new HoldDecision.Held(Credits.parseDollars("0.40")));
        assertThat(ledger.balance(ALICE).orElseThrow().available()).isEqualTo(Credits.parseDollars("0.60"));

        Settlement.Done done = now(ledger.settle(settlement(job(1), 1_000, 4_500)));

        // 1,000 prompt tokens at $1 and 4,500 completion tokens at $2 for a million; 5 % goes to the network.
        assertThat(done.charged()).isEqualTo(Credits.parseDollars("0.01"));
        assertThat(done.released()).isEqualTo(Credits.parseDollars("0.39"));
        assertThat(ledger.balance(ALICE)).contains(new Balance(ALICE, Credits.parseDollars("0.99"), Credits.ZERO));
        assertThat(test.posted(HOST_ACCOUNT)).isEqualTo(Credits.parseDollars("0.0095"));
        assertThat(test.posted(AccountKind.NETWORK_FEES)).isEqualTo(Credits.parseDollars("0.0005"));
        assertThat(ledger.balances().stream().map(Balance::posted).reduce(Credits.ZERO, Credits::plus))
                .isEqualTo(Credits.ZERO);
    }

    @Test
    void theCreatorsRoyaltyComesOutOfTheHostsShare() {
        ledger.hold(job(1), ALICE, DOLLAR);
        Settlement.Segment royal = new Settlement.Segment(
                HOST.publicKey(),
                new ModelId("sprout"),
                new ModelDigest("ab".repeat(32)),
                0,
                500_000,
                PRICE,
                new RevenueSplit(500, 1_000),
                Optional.of(CREATOR),
                "cd".repeat(32),
                Optional.empty());

        now(ledger.settle(new Settlement(job(1), ALICE, List.of(royal))));

        assertThat(test.posted(AccountKind.NETWORK_FEES)).isEqualTo(Credits.parseDollars("0.05"));
        assertThat(test.posted(CREATOR)).isEqualTo(Credits.parseDollars("0.095"));
        assertThat(test.posted(HOST_ACCOUNT)).isEqualTo(Credits.parseDollars("0.855"));
    }

    @Test
    void everyHostOfAJobGetsAReceiptThatVerifies() {
        ledger.hold(job(1), ALICE, DOLLAR);
        Settlement twoHosts = new Settlement(job(1), ALICE, List.of(segment(HOST, 10, 20), segment(OTHER_HOST, 0, 30)));

        List<Receipt> receipts = now(ledger.settle(twoHosts)).receipts();

        assertThat(receipts).extracting(Receipt::host).containsExactly(HOST.hostId(), OTHER_HOST.hostId());
        assertThat(receipts).extracting(Receipt::segment).containsExactly(0, 1);
        for (Receipt receipt : receipts) {
            ReceiptVerifier.Verdict verdict = ReceiptVerifier.verify(receipt, Optional.of(ORCHESTRATOR.publicKey()));
            assertThat(verdict.faults()).isEmpty();
        }
        assertThat(ledger.receipts(job(1))).isEqualTo(receipts);
        assertThat(ledger.receipts(job(2))).isEmpty();
    }

    @Test
    void theSameSettlementAgainGetsTheSameAnswer() {
        ledger.hold(job(1), ALICE, DOLLAR);
        Settlement.Done first = now(ledger.settle(settlement(job(1), 10, 20)));

        assertThat(now(ledger.settle(settlement(job(1), 10, 20)))).isEqualTo(first);
        assertThat(test.posted(ALICE)).isEqualTo(DOLLAR.minus(first.charged()));
    }

    @Test
    void aSettlementSentTwiceAtOnceIsPaidOnce() {
        ledger.hold(job(1), ALICE, DOLLAR);

        CompletionStage<Settlement.Done> one = ledger.settle(settlement(job(1), 10, 20));
        CompletionStage<Settlement.Done> other = ledger.settle(settlement(job(1), 10, 20));

        assertThat(now(other)).isEqualTo(now(one));
        assertThat(test.posted(ALICE)).isEqualTo(DOLLAR.minus(now(one).charged()));
    }

    @Test
    void anotherSettlementOfTheSameJobIsRefused() {
        ledger.hold(job(1), ALICE, DOLLAR);
        now(ledger.settle(settlement(job(1), 10, 20)));

        failure(ledger.settle(settlement(job(1), 10, 21))).isEqualTo(LedgerException.Code.OTHER_CONTENT);
    }

    @Test
    void aJobWithoutAHoldCannotBeSettled() {
        failure(ledger.settle(settlement(job(9), 10, 20))).isEqualTo(LedgerException.Code.NO_HOLD);

        ledger.hold(job(1), ALICE, DOLLAR);
        now(ledger.release(job(1), ReleaseReason.CANCELLED));
        failure(ledger.settle(settlement(job(1), 10, 20))).isEqualTo(LedgerException.Code.NO_HOLD);
    }

    @Test
    void nobodyPaysForAnothersJob() {
        test.with(new AccountId("consumer:bob"), DOLLAR);
        ledger.hold(job(1), new AccountId("consumer:bob"), DOLLAR);

        failure(ledger.settle(settlement(job(1), 10, 20))).isEqualTo(LedgerException.Code.OTHER_CONSUMER);
    }

    @Test
    void aJobThatDeliveredNothingIsReleased() {
        ledger.hold(job(1), ALICE, DOLLAR);

        Settlement.Done done = now(ledger.settle(settlement(job(1), 0, 0)));

        assertThat(done).isEqualTo(new Settlement.Done(job(1), Credits.ZERO, DOLLAR, List.of()));
        assertThat(now(ledger.settle(settlement(job(1), 0, 0)))).isEqualTo(done);
        assertThat(ledger.balance(ALICE)).contains(new Balance(ALICE, DOLLAR, Credits.ZERO));
    }

    @Test
    void releasingTwiceOrWithoutAHoldDoesNothing() {
        ledger.hold(job(1), ALICE, DOLLAR);
        now(ledger.release(job(1), ReleaseReason.FAILED));
        now(ledger.release(job(1), ReleaseReason.FAILED));
        now(ledger.release(job(2), ReleaseReason.FAILED));

        assertThat(ledger.balance(ALICE)).contains(new Balance(ALICE, DOLLAR, Credits.ZERO));
    }

    @Test
    void aPriceBeyondTheHoldIsChargedUpToTheHold() {
        ledger.hold(job(1), ALICE, new Credits(1_000));

        Settlement.Done done = now(ledger.settle(settlement(job(1), 10, 20)));

        assertThat(done.charged()).isEqualTo(new Credits(1_000));
        assertThat(done.released()).isEqualTo(Credits.ZERO);
    }

    @Test
    void holdsAreDecidedByWhatIsLeft() {
        assertThat(ledger.hold(job(1), new AccountId("consumer:nobody"), DOLLAR))
                .isEqualTo(new HoldDecision.UnknownAccount(new AccountId("consumer:nobody")));
        assertThat(ledger.hold(job(1), AccountKind.NETWORK_FEES, Credits.ZERO))
                .isInstanceOf(HoldDecision.UnknownAccount.class);
        assertThat(ledger.hold(job(1), ALICE, DOLLAR.plus(new Credits(1))))
                .isEqualTo(new HoldDecision.InsufficientFunds(DOLLAR, DOLLAR.plus(new Credits(1))));
        assertThat(ledger.hold(job(1), ALICE, DOLLAR)).isEqualTo(new HoldDecision.Held(DOLLAR));
        assertThat(ledger.hold(job(1), ALICE, DOLLAR))
                .as("the same hold again")
                .isEqualTo(new HoldDecision.Held(DOLLAR));
        assertThat(ledger.hold(job(1), ALICE, Credits.ZERO)).isInstanceOf(HoldDecision.AlreadyUsed.class);
        assertThat(ledger.hold(job(2), ALICE, new Credits(1)))
                .isEqualTo(new HoldDecision.InsufficientFunds(Credits.ZERO, new Credits(1)));
    }

    @Test
    void aJobThatHasEndedCannotBeHeldForAgain() {
        ledger.hold(job(1), ALICE, DOLLAR);
        now(ledger.release(job(1), ReleaseReason.CANCELLED));

        assertThat(ledger.hold(job(1), ALICE, DOLLAR)).isInstanceOf(HoldDecision.AlreadyUsed.class);
    }

    @Test
    void aHoldThatOutlivesItsTimeOutGoesBack() {
        ledger.hold(job(1), ALICE, DOLLAR);
        test.nanos.addAndGet(Duration.ofMinutes(11).toNanos());

        await().until(() -> ledger.balance(ALICE).orElseThrow().held().isZero());
        failure(ledger.settle(settlement(job(1), 10, 20))).isEqualTo(LedgerException.Code.NO_HOLD);
    }

    @Test
    void aTopUpCountsOnceForEachId() {
        TransferId id = new TransferId("voucher-1");
        CompletionStage<Balance> one = ledger.topUp(id, ALICE, DOLLAR);
        CompletionStage<Balance> atOnce = ledger.topUp(id, ALICE, DOLLAR);
        now(one);
        now(atOnce);
        Balance later = now(ledger.topUp(id, ALICE, DOLLAR));

        assertThat(later.posted()).isEqualTo(Credits.ofDollars(2));
        failure(ledger.topUp(id, ALICE, Credits.ofDollars(5))).isEqualTo(LedgerException.Code.OTHER_CONTENT);
        failure(ledger.topUp(new TransferId("voucher-2"), new AccountId("consumer:nobody"), DOLLAR))
                .isEqualTo(LedgerException.Code.NOT_ALLOWED);
    }

    @Test
    void aTopUpMustMakeSense() {
        TransferId id = new TransferId("voucher-1");
        assertThatThrownBy(() -> ledger.topUp(id, HOST_ACCOUNT, DOLLAR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.topUp(id, ALICE, Credits.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.topUp(TransferId.holdOf(job(1)), ALICE, DOLLAR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.openAccount(new AccountId("pirate:jack")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsStopAtTheirLimit() {
        LedgerSettings two = new LedgerSettings(
                Duration.ofMinutes(1), 2, 100, 10, 100, Duration.ofMillis(10), Duration.ofMillis(50));
        try (TestLedger small =
                TestLedger.at(kind.in(folder.resolve("small")), two).with(ALICE, DOLLAR)) {
            small.ledger.hold(job(1), ALICE, new Credits(1));
            small.ledger.hold(job(2), ALICE, new Credits(1));

            assertThat(small.ledger.hold(job(3), ALICE, new Credits(1))).isInstanceOf(HoldDecision.Unavailable.class);
            now(small.ledger.release(job(1), ReleaseReason.CANCELLED));
            assertThat(small.ledger.hold(job(3), ALICE, new Credits(1))).isInstanceOf(HoldDecision.Held.class);
        }
    }

    @Test
    void whatWasSettledIsThereAfterARestart() {
        ledger.hold(job(1), ALICE, DOLLAR);
        Settlement.Done done = now(ledger.settle(settlement(job(1), 10, 20)));
        ledger.hold(job(2), ALICE, Credits.parseDollars("0.5"));
        List<Balance> before = ledger.balances();

        restart();

        assertThat(ledger.receipts(job(1))).isEqualTo(done.receipts());
        assertThat(ledger.balance(ALICE))
                .as("the hold that was open is released")
                .contains(new Balance(ALICE, DOLLAR.minus(done.charged()), Credits.ZERO));
        assertThat(ledger.balances())
                .extracting(Balance::posted)
                .isEqualTo(before.stream().map(Balance::posted).toList());
        assertThat(now(ledger.settle(settlement(job(1), 10, 20)))).isEqualTo(done);
        assertThatThrownBy(() -> now(ledger.settle(settlement(job(2), 10, 20))))
                .hasMessageContaining("released_restart");
    }

    @Test
    void aClosedLedgerRefusesInASentence() {
        ledger.hold(job(1), ALICE, new Credits(1));
        ledger.close();

        assertThat(ledger.hold(job(2), ALICE, new Credits(1)))
                .isEqualTo(new HoldDecision.Unavailable("The orchestrator is closing"));
        failure(ledger.settle(settlement(job(1), 1, 1))).isEqualTo(LedgerException.Code.UNAVAILABLE);
        failure(ledger.settle(settlement(job(7), 1, 1))).isEqualTo(LedgerException.Code.UNAVAILABLE);
        failure(ledger.release(job(1), ReleaseReason.FAILED)).isEqualTo(LedgerException.Code.UNAVAILABLE);
        failure(ledger.topUp(new TransferId("x"), ALICE, DOLLAR)).isEqualTo(LedgerException.Code.UNAVAILABLE);
        failure(ledger.openAccount(new AccountId("consumer:late"))).isEqualTo(LedgerException.Code.UNAVAILABLE);
        restart();
    }

    @Test
    void closingWritesWhatWasDecided() {
        for (int i = 1; i <= 200; i++) ledger.hold(job(i), ALICE, new Credits(1_000_000));
        List<CompletionStage<Settlement.Done>> all = new ArrayList<>();
        for (int i = 1; i <= 200; i++) all.add(ledger.settle(settlement(job(i), 10, 20)));
        ledger.close();

        all.forEach(TestLedger::now);
        restart();
        assertThat(ledger.audit().settlements()).isEqualTo(200);
    }

    private void restart() {
        test.close();
        test = TestLedger.at(kind.in(folder));
        ledger = test.ledger;
    }

    private static ObjectAssert<LedgerException.Code> failure(CompletionStage<?> stage) {
        Throwable thrown = Assertions.catchThrowable(() -> now(stage));
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(LedgerException.class);
        return Assertions.assertThatObject(((LedgerException) thrown.getCause()).code());
    }
}
