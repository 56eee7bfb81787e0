package com.peerllm.shared.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The price of an answer is its exact price, rounded once. */
class TokenPriceTest {

    @Property
    void theCostIsTheExactSumRoundedOnce(
            @ForAll @LongRange(max = 1_000_000_000_000L) long prompt,
            @ForAll @LongRange(max = 1_000_000_000_000L) long completion,
            @ForAll @IntRange(max = 1_000_000) int promptTokens,
            @ForAll @IntRange(max = 1_000_000) int completionTokens) {
        TokenPrice price = new TokenPrice(new Credits(prompt), new Credits(completion));
        BigDecimal exact = BigDecimal.valueOf(prompt)
                .multiply(BigDecimal.valueOf(promptTokens))
                .add(BigDecimal.valueOf(completion).multiply(BigDecimal.valueOf(completionTokens)))
                .movePointLeft(6);

        assertThat(price.cost(promptTokens, completionTokens).nanoDollars())
                .isEqualTo(exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    @Property
    void moreTokensNeverCostLess(
            @ForAll @LongRange(max = 1_000_000_000L) long perMillion,
            @ForAll @IntRange(max = 1_000_000) int tokens,
            @ForAll @IntRange(max = 1_000) int more) {
        TokenPrice price = new TokenPrice(new Credits(perMillion / 2), new Credits(perMillion));

        assertThat(price.cost(tokens, tokens + more)).isGreaterThanOrEqualTo(price.cost(tokens, tokens));
    }

    /** Prices per million and tokens of prompt and completion; halves go to the even neighbour. */
    @ParameterizedTest
    @CsvSource({
        "1000000, 2000000, 3, 4, 11",
        "500000, 0, 1, 0, 0",
        "500000, 0, 3, 0, 2",
        "0, 499999, 0, 1, 0",
        "0, 500001, 0, 1, 1",
        "250000, 250000, 1, 1, 0",
        "1000000000, 2000000000, 1000000, 1000000, 3000000000"
    })
    void aPriceIsWhatIsWrittenDown(long prompt, long completion, long promptTokens, long completionTokens, long cost) {
        assertThat(new TokenPrice(new Credits(prompt), new Credits(completion)).cost(promptTokens, completionTokens))
                .isEqualTo(new Credits(cost));
    }

    @Test
    void whatCannotBePricedIsRefused() {
        TokenPrice dear = new TokenPrice(Credits.ZERO, new Credits(Long.MAX_VALUE));

        assertThatThrownBy(() -> dear.cost(0, 1_000_001)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> dear.cost(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenPrice(new Credits(-1), Credits.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
