package com.peerllm.desktop.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.shared.money.Credits;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    private final Numbers numbers = new Numbers(Locale.US);

    @ParameterizedTest
    @CsvSource({
        "0, $0.00",
        "12500, $0.0000125",
        "1, $0.000000001",
        "999999999, $0.999999999",
        "-12500, -$0.0000125",
        "1500000000, $1.50",
        "1999999999, $1.9999",
        "99999999999, $99.9999",
        "123456789000, $123.45",
        "1234567890000000, '$1,234,567.89'",
    })
    void moneyIsExactWhenSmallAndNeverRoundedUp(long nanoDollars, String text) {
        assertThat(numbers.money(new Credits(nanoDollars))).isEqualTo(text);
    }

    @Test
    void followsTheLanguage() {
        Numbers german = new Numbers(Locale.GERMANY);
        assertThat(german.count(1234567)).isEqualTo("1.234.567");
        assertThat(german.rate(41.25)).isEqualTo("41,2");
        assertThat(german.money(new Credits(12500)).replace('\u00a0', ' ')).isEqualTo("0,0000125 $");
    }
}
