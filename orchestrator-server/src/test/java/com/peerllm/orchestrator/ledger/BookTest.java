package com.peerllm.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.ledger.Answer.Applied;
import com.peerllm.orchestrator.ledger.Answer.Refused;
import com.peerllm.orchestrator.ledger.Answer.Repeated;
import com.peerllm.orchestrator.ledger.Answer.Why;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The book decides exactly: limits, chains, repetitions, time-outs and the ends of the number range. */
class BookTest {
    private static final AccountId MINT = AccountKind.MINT_OF_CREDITS;
    private static final AccountId ESCROW = AccountKind.ESCROW_OF_JOBS;
    private static final AccountId ALICE = new AccountId("consumer:alice");
    private static final AccountId HOST = new AccountId("host:bob");
    private static final Duration TIME_OUT = Duration.ofSeconds(60);

    private final Book book = new Book(TIME_OUT, 100);

    @BeforeEach
    void openAccountsAndGiveAliceAHundred() {
        for (AccountId account : List.of(MINT, ESCROW, ALICE, HOST)) book.open(account);
        assertThat(apply(post("top-up", MINT, ALICE, 100))).isInstanceOf(Applied.class);
    }

    @Test
    void aConsumerCanSpendAllItHasAndNotANanoDollarMore() {
        assertThat(why(apply(post("p1", ALICE, HOST, 101)))).isEqualTo(Why.INSUFFICIENT_FUNDS);
        assertThat(apply(post("p2", ALICE, HOST, 100))).isInstanceOf(Applied.class);
        assertThat(why(apply(post("p3", ALICE, HOST, 1)))).isEqualTo(Why.INSUFFICIENT_FUNDS);
    }

    @Test
    void heldMoneyCannotBeSpentASecondTime() {
        apply(hold("h1", 70));

        assertThat(why(apply(hold("h2", 31)))).isEqualTo(Why.INSUFFICIENT_FUNDS);
        assertThat(why(apply(post("p", ALICE, HOST, 31)))).isEqualTo(Why.INSUFFICIENT_FUNDS);
        assertThat(apply(hold("h3", 30))).isInstanceOf(Applied.class);
    }

    @Test
    void moneyThatIsOnlyHeldForAnAccountCannotBeSpentByIt() {
        apply(hold("h1", 70));

        assertThat(why(apply(post("p", ESCROW, HOST, 1)))).isEqualTo(Why.INSUFFICIENT_FUNDS);
    }

    @Test
    void aReleasedHoldCanBeSpentByTheSameChain() {
        apply(hold("h1", 100));

        Answer answer = apply(release("h1"), post("p1", ALICE, HOST, 60), post("p2", ALICE, HOST, 40));

        assertThat(answer).isInstanceOf(Applied.class);
        assertThat(balance(ALICE)).isEqualTo(0);
        assertThat(balance(HOST)).isEqualTo(100);
    }

    @Test
    void aChainHappensTogetherOrNotAtAll() {
        apply(hold("h1", 100));
        Map<AccountId, Totals> before = book.allTotals();

        Answer answer = apply(release("h1"), post("p1", ALICE, HOST, 60), post("p2", ALICE, HOST, 41));

        assertThat(why(answer)).isEqualTo(Why.INSUFFICIENT_FUNDS);
        assertThat(book.allTotals()).isEqualTo(before);
        assertThat(book.openHold(new TransferId("h1"))).isPresent();
        assertThat(apply(post("p1", MINT, ALICE, 1)))
                .as("the id was not used up")
                .isInstanceOf(Applied.class);
    }

    @Test
    void theSameTransferAgainChangesNothing() {
        apply(hold("h1", 10));
        apply(release("h1"), post("p1", ALICE, HOST, 10));
        Map<AccountId, Totals> before = book.allTotals();

        assertThat(apply(post("top-up", MINT, ALICE, 100))).isEqualTo(new Repeated());
        assertThat(apply(hold("h1", 10))).isEqualTo(new Repeated());
        assertThat(apply(release("h1"), post("p1", ALICE, HOST, 10))).isEqualTo(new Repeated());
        assertThat(book.allTotals()).isEqualTo(before);
    }

    @Test
    void anIdIsRefusedForOtherContent() {
        apply(hold("h1", 10));

        assertThat(why(apply(post("top-up", MINT, ALICE, 101)))).isEqualTo(Why.ID_USED);
        assertThat(why(apply(hold("h1", 11)))).isEqualTo(Why.ID_USED);
        assertThat(why(apply(post("top-up", MINT, ALICE, 100), post("new", MINT, ALICE, 1))))
                .as("half old, half new")
                .isEqualTo(Why.ID_USED);
        assertThat(why(apply(post("x", MINT, ALICE, 1), post("x", MINT, ALICE, 1))))
                .as("twice in a chain")
                .isEqualTo(Why.ID_USED);
    }

    @Test
    void aHoldEndsOnce() {
        apply(hold("h1", 10));
        apply(release("h1"));

        assertThat(why(apply(release("h1"), post("p1", ALICE, HOST, 10)))).isEqualTo(Why.ID_USED);
        assertThat(why(apply(release("never")))).isEqualTo(Why.NO_SUCH_HOLD);
    }

    @Test
    void holdsTimeOutInTheirOrderAndNotBefore() {
        book.apply(List.of(hold("h1", 10)), 0);
        book.apply(List.of(hold("h2", 10)), TIME_OUT.toNanos() / 2);

        assertThat(book.timedOut(TIME_OUT.toNanos() - 1)).isEmpty();
        assertThat(book.timedOut(TIME_OUT.toNanos())).containsExactly(new TransferId("h1"));
        assertThat(book.timedOut(2 * TIME_OUT.toNanos())).containsExactly(new TransferId("h1"), new TransferId("h2"));
    }

    @Test
    void holdsTimeOutWhenTheClockPassesTheEndOfItsRange() {
        book.apply(List.of(hold("h1", 10)), Long.MAX_VALUE - 5);

        assertThat(book.timedOut(Long.MAX_VALUE)).isEmpty();
        assertThat(book.timedOut(Long.MAX_VALUE - 5 + TIME_OUT.toNanos())).hasSize(1);
    }

    @Test
    void amountsBeyond64BitsAreRefusedAndChangeNothing() {
        apply(post("most", MINT, ALICE, Long.MAX_VALUE - 100));
        Map<AccountId, Totals> before = book.allTotals();

        assertThat(why(apply(post("one-more", MINT, ALICE, 1)))).isEqualTo(Why.OUT_OF_RANGE);
        assertThat(book.allTotals()).isEqualTo(before);
        assertThat(book.fault()).isEmpty();
    }

    @Test
    void unknownAccountsAreRefused() {
        assertThat(why(apply(post("p", ALICE, new AccountId("host:nobody"), 1))))
                .isEqualTo(Why.UNKNOWN_ACCOUNT);
        assertThat(why(apply(post("p", new AccountId("consumer:nobody"), HOST, 1))))
                .isEqualTo(Why.UNKNOWN_ACCOUNT);
    }

    @Test
    void onlyTheLastTransfersAreRemembered() {
        Book forgetful = new Book(TIME_OUT, 2);
        forgetful.open(MINT);
        forgetful.open(ALICE);
        for (String id : List.of("a", "b", "c")) forgetful.apply(List.of(post(id, MINT, ALICE, 1)), 0);

        assertThat(forgetful.apply(List.of(post("c", MINT, ALICE, 1)), 0)).isEqualTo(new Repeated());
        assertThat(forgetful.apply(List.of(post("b", MINT, ALICE, 1)), 0)).isEqualTo(new Repeated());
        assertThat(forgetful.apply(List.of(post("a", MINT, ALICE, 1)), 0)).isInstanceOf(Applied.class);
    }

    private Answer apply(Transfer... chain) {
        return book.apply(List.of(chain), 0);
    }

    private static Why why(Answer answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).why();
    }

    private long balance(AccountId account) {
        return book.totals(account).orElseThrow().balance().nanoDollars();
    }

    private static Transfer post(String id, AccountId debit, AccountId credit, long nanos) {
        return new Transfer.Post(new TransferId(id), debit, credit, new Credits(nanos));
    }

    private static Transfer hold(String id, long nanos) {
        return new Transfer.Hold(new TransferId(id), ALICE, ESCROW, new Credits(nanos));
    }

    private static Transfer release(String id) {
        return new Transfer.Release(new TransferId(id));
    }
}
