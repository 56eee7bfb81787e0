package com.peerllm.orchestrator.ledger;

import static com.peerllm.orchestrator.ledger.TestLedger.ALICE;
import static com.peerllm.orchestrator.ledger.TestLedger.CREATOR;
import static com.peerllm.orchestrator.ledger.TestLedger.HOST;
import static com.peerllm.orchestrator.ledger.TestLedger.OTHER_HOST;
import static com.peerllm.orchestrator.ledger.TestLedger.job;
import static com.peerllm.orchestrator.ledger.TestLedger.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.RevenueSplit;
import com.peerllm.shared.money.TokenPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A bill pays every host its part, never more than was set aside, to the nano-dollar. */
class BillTest {

    @Test
    void eachHostIsPaidForItsOwnTokens() {
        Settlement settlement =
                new Settlement(job(1), ALICE, List.of(segment(HOST, 10, 100), segment(OTHER_HOST, 0, 50)));

        Bill bill = Bill.of(settlement, Credits.ofDollars(1));

        // 1 dollar for a million prompt tokens, 2 for a million completion tokens.
        assertThat(bill.items().get(0).charged()).isEqualTo(new Credits(210_000));
        assertThat(bill.items().get(1).charged()).isEqualTo(new Credits(100_000));
        assertThat(bill.charged()).isEqualTo(new Credits(310_000));
        assertThat(bill.released()).isEqualTo(new Credits(1_000_000_000 - 310_000));
        assertThat(bill.dropped()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aPriceBeyondTheHoldIsCappedAndTheRestIsDropped() {
        Settlement settlement =
                new Settlement(job(1), ALICE, List.of(segment(HOST, 0, 100), segment(OTHER_HOST, 0, 100)));

        Bill bill = Bill.of(settlement, new Credits(250_000));

        assertThat(bill.items().get(0).charged()).isEqualTo(new Credits(200_000));
        assertThat(bill.items().get(1).charged()).isEqualTo(new Credits(50_000));
        assertThat(bill.charged()).isEqualTo(new Credits(250_000));
        assertThat(bill.dropped()).isEqualTo(new Credits(150_000));
        assertThat(bill.released()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aPriceBeyond64BitsIsCappedToo() {
        TokenPrice absurd = new TokenPrice(Credits.ZERO, new Credits(Long.MAX_VALUE));
        Settlement settlement = new Settlement(
                job(1), ALICE, List.of(priced(absurd, Integer.MAX_VALUE), priced(absurd, Integer.MAX_VALUE)));

        Bill bill = Bill.of(settlement, new Credits(5));

        assertThat(bill.charged()).isEqualTo(new Credits(5));
        assertThat(bill.dropped()).isEqualTo(new Credits(Long.MAX_VALUE));
    }

    @Test
    void aHostThatDeliveredNothingIsNotOnTheBill() {
        Settlement settlement =
                new Settlement(job(1), ALICE, List.of(segment(HOST, 0, 0), segment(OTHER_HOST, 10, 50)));

        Bill bill = Bill.of(settlement, Credits.ofDollars(1));

        assertThat(bill.items()).extracting(Bill.Item::segment).containsExactly(1);
        assertThat(settlement.deliversNothing()).isFalse();
    }

    @Property(tries = 300)
    void whatIsChargedIsWhatIsPaidOut(
            @ForAll @Size(max = 6) List<@IntRange(max = 3_000_000) Integer> tokens,
            @ForAll @LongRange(max = 50_000_000_000L) long pricePerMillion,
            @ForAll @IntRange(max = 10_000) int network,
            @ForAll @IntRange(min = 1, max = 10_000) int royalty,
            @ForAll @LongRange(max = 100_000_000_000L) long held) {
        TokenPrice price = new TokenPrice(new Credits(pricePerMillion / 3), new Credits(pricePerMillion));
        List<Settlement.Segment> segments = new ArrayList<>();
        for (int count : tokens) segments.add(split(price, count, new RevenueSplit(network, royalty)));
        Bill bill = Bill.of(new Settlement(job(1), ALICE, segments), new Credits(held));

        Credits paid = Credits.ZERO;
        for (Transfer transfer : bill.chain()) {
            if (transfer instanceof Transfer.Post post) paid = paid.plus(post.amount());
        }
        assertThat(paid).isEqualTo(bill.charged());
        assertThat(bill.charged().plus(bill.released())).isEqualTo(new Credits(held));
        assertThat(bill.charged()).isBetween(Credits.ZERO, new Credits(held));
        Credits price3 = segments.stream()
                .map(each -> price.cost(each.promptTokens(), each.completionTokens()))
                .reduce(Credits.ZERO, Credits::plus);
        assertThat(bill.charged().plus(bill.dropped())).isEqualTo(price3);
    }

    private static Settlement.Segment priced(TokenPrice price, int tokens) {
        return new Settlement.Segment(
                HOST.publicKey(),
                new ModelId("sprout"),
                new ModelDigest("ab".repeat(32)),
                0,
                tokens,
                price,
                RevenueSplit.STANDARD,
                Optional.<AccountId>empty(),
                "cd".repeat(32),
                Optional.empty());
    }

    private static Settlement.Segment split(TokenPrice price, int tokens, RevenueSplit split) {
        return new Settlement.Segment(
                HOST.publicKey(),
                new ModelId("sprout"),
                new ModelDigest("ab".repeat(32)),
                tokens / 2,
                tokens,
                price,
                split,
                Optional.of(CREATOR),
                "cd".repeat(32),
                Optional.empty());
    }
}
