package com.peerllm.orchestrator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import org.junit.jupiter.api.Test;

/** The prices of a model's hosts in order, also those that only just fit. */
class PriceSpreadTest {
    private final PriceSpread spread = new PriceSpread();

    private static TokenPrice price(long prompt, long completion) {
        return new TokenPrice(new Credits(prompt), new Credits(completion));
    }

    @Test
    void knowsTheLowestAndTheOneInTheMiddleAsHostsComeAndGo() {
        assertThat(spread.lowest()).isEmpty();
        assertThat(spread.median()).isEmpty();
        spread.add(price(5, 5));
        spread.add(price(1, 2));
        spread.add(price(5, 5));
        spread.add(price(2, 1));
        assertThat(spread.lowest()).contains(price(1, 2));
        assertThat(spread.median()).contains(price(2, 1));

        spread.add(price(9, 9));
        assertThat(spread.median()).contains(price(5, 5));
        spread.remove(price(1, 2));
        spread.remove(price(5, 5));
        assertThat(spread.lowest()).contains(price(2, 1));
        assertThat(spread.median()).contains(price(5, 5));
    }

    @Test
    void theLargestAmountsAreTheDearest() {
        TokenPrice largest = price(Long.MAX_VALUE, Long.MAX_VALUE);
        spread.add(largest);
        spread.add(price(0, 0));
        assertThat(spread.lowest()).contains(price(0, 0));
        spread.remove(price(0, 0));
        assertThat(spread.lowest()).contains(largest);
        assertThat(spread.hasOneUpTo(largest)).isTrue();
        assertThat(spread.hasOneUpTo(price(Long.MAX_VALUE, Long.MAX_VALUE - 1))).isFalse();
    }

    @Test
    void bothPricesMustBeWithinTheLimit() {
        spread.add(price(1, 9));
        spread.add(price(6, 5));
        assertThat(spread.hasOneUpTo(price(5, 8))).isFalse();
        assertThat(spread.hasOneUpTo(price(6, 5))).isTrue();
        assertThat(spread.hasOneUpTo(price(1, 9))).isTrue();
        assertThat(spread.hasOneUpTo(price(0, 100))).isFalse();
    }
}
