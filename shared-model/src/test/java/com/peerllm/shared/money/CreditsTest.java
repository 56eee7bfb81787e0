package com.peerllm.shared.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credits are exact or an error, never something in between. */
class CreditsTest {

    @ParameterizedTest
    @CsvSource({
        "0, $0.000000000",
        "1, $0.000000001",
        "-1, -$0.000000001",
        "1234567890, $1.234567890",
        "9223372036854775807, $9223372036.854775807",
        "-9223372036854775808, -$9223372036.854775808"
    })
    void everyAmountIsWrittenToTheLastNanoDollar(long nanoDollars, String text) {
        assertThat(new Credits(nanoDollars)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"12.50, 12500000000", "' 0.000000001 ', 1", "-3, -3000000000", "1e-9, 1", "1E3, 1000000000000"})
    void dollarsAreReadExactly(String text, long nanoDollars) {
        assertThat(Credits.parseDollars(text)).isEqualTo(new Credits(nanoDollars));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ten",
                "1,5",
                "$5",
                "0.0000000001",
                "9223372036.854775808",
                "NaN",
                "1e99",
                "0x1",
                "1e99999999",
                "-1e2147483640",
                "1e-99999999"
            })
    @Timeout(5)
    void whatIsNotAnAmountIsRefused(String text) {
        assertThatThrownBy(() -> Credits.parseDollars(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSumBeyondTheRangeIsAnError() {
        Credits most = new Credits(Long.MAX_VALUE);
        Credits least = new Credits(Long.MIN_VALUE);

        assertThatThrownBy(() -> most.plus(new Credits(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> least.minus(new Credits(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Credits.ofDollars(10_000_000_000L)).isInstanceOf(ArithmeticException.class);
    }

    @Property
    void sumsAreExactOrAnError(@ForAll long one, @ForAll long other) {
        BigInteger exact = BigInteger.valueOf(one).add(BigInteger.valueOf(other));
        if (exact.bitLength() < Long.SIZE) {
            Credits sum = new Credits(one).plus(new Credits(other));
            assertThat(BigInteger.valueOf(sum.nanoDollars())).isEqualTo(exact);
            assertThat(sum.minus(new Credits(other))).isEqualTo(new Credits(one));
        } else {
            assertThatThrownBy(() -> new Credits(one).plus(new Credits(other))).isInstanceOf(ArithmeticException.class);
        }
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll long nanoDollars) {
        Credits credits = new Credits(nanoDollars);

        assertThat(Credits.parseDollars(credits.toString().replace("$", ""))).isEqualTo(credits);
        assertThat(new BigDecimal(credits.toString().replace("$", "")))
                .isEqualByComparingTo(BigDecimal.valueOf(nanoDollars, 9));
    }
}
