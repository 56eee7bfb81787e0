package com.peerllm.shared.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.shared.money.RevenueSplit.Shares;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A payment is divided without losing or making a nano-dollar. */
class RevenueSplitTest {

    @Property
    void thePartsAlwaysAddUpToTheWhole(
            @ForAll @LongRange(max = Long.MAX_VALUE) long total,
            @ForAll @IntRange(max = 10_000) int network,
            @ForAll @IntRange(max = 10_000) int royalty) {
        Shares shares = new RevenueSplit(network, royalty).of(new Credits(total));

        assertThat(shares.host().plus(shares.network()).plus(shares.creator())).isEqualTo(new Credits(total));
        assertThat(shares.host().isNegative()).isFalse();
        assertThat(shares.network().isNegative()).isFalse();
        assertThat(shares.creator().isNegative()).isFalse();
    }

    @Property
    void nobodyIsOffByMoreThanOneNanoDollar(
            @ForAll @LongRange(max = Long.MAX_VALUE) long total,
            @ForAll @IntRange(max = 10_000) int network,
            @ForAll @IntRange(max = 10_000) int royalty) {
        Shares shares = new RevenueSplit(network, royalty).of(new Credits(total));
        BigDecimal exactNetwork = BigDecimal.valueOf(total).multiply(BigDecimal.valueOf(network, 4));
        BigDecimal exactCreator =
                BigDecimal.valueOf(total).subtract(exactNetwork).multiply(BigDecimal.valueOf(royalty, 4));

        assertThat(distance(shares.network(), exactNetwork)).isLessThanOrEqualTo(new BigDecimal("0.5"));
        assertThat(distance(shares.creator(), exactCreator)).isLessThanOrEqualTo(BigDecimal.ONE);
        assertThat(shares.network().nanoDollars())
                .isEqualTo(exactNetwork.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    private static BigDecimal distance(Credits amount, BigDecimal exact) {
        return BigDecimal.valueOf(amount.nanoDollars()).subtract(exact).abs();
    }

    /** Host, network and creator of a total; the host gets what rounding leaves. */
    @ParameterizedTest
    @CsvSource({
        "1000, 500, 0, 950, 50, 0",
        "1000, 500, 1000, 855, 50, 95",
        "1, 500, 0, 1, 0, 0",
        "10, 500, 0, 10, 0, 0",
        "30, 500, 0, 28, 2, 0",
        "11, 5000, 0, 5, 6, 0",
        "0, 500, 500, 0, 0, 0",
        "7, 10000, 10000, 0, 7, 0",
        "7, 0, 10000, 0, 0, 7"
    })
    void aSplitIsWhatIsWrittenDown(long total, int network, int royalty, long host, long fees, long creator) {
        assertThat(new RevenueSplit(network, royalty).of(new Credits(total)))
                .isEqualTo(new Shares(new Credits(host), new Credits(fees), new Credits(creator)));
    }

    @Test
    void onlySensibleSharesAndPaymentsAreSplit() {
        assertThatThrownBy(() -> new RevenueSplit(10_001, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RevenueSplit(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RevenueSplit.STANDARD.of(new Credits(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
