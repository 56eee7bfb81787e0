package com.peerllm.desktop.toolkit;

import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** Writes counts, rates and money the way the person's language does. Thread: one only. */
public final class Numbers {
    private static final BigDecimal ONE_DOLLAR = BigDecimal.ONE;
    private static final BigDecimal HUNDRED_DOLLARS = BigDecimal.valueOf(100);

    private final NumberFormat counts;
    private final NumberFormat rates;
    private final DecimalFormat money;

    public Numbers(Locale locale) {
        counts = NumberFormat.getIntegerInstance(locale);
        rates = NumberFormat.getNumberInstance(locale);
        rates.setMinimumFractionDigits(1);
        rates.setMaximumFractionDigits(1);
        money = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        money.setCurrency(Currency.getInstance("USD"));
        money.setRoundingMode(RoundingMode.DOWN);
        money.setMinimumFractionDigits(2);
    }

    public String count(long value) {
        return counts.format(value);
    }

    /** With one decimal. */
    public String rate(double perSecond) {
        return rates.format(perSecond);
    }

    /**
     * Money as a person reads it: below a dollar exact to the nano-dollar, above it with fewer decimals and never rounded
     * up, so that no screen shows more than was earned.
     */
    public String money(Credits amount) {
        BigDecimal dollars = BigDecimal.valueOf(amount.nanoDollars(), 9);
        money.setMaximumFractionDigits(decimals(dollars.abs()));
        return money.format(dollars);
    }

    private static int decimals(BigDecimal dollars) {
        if (dollars.compareTo(ONE_DOLLAR) < 0) return 9;
        return dollars.compareTo(HUNDRED_DOLLARS) < 0 ? 4 : 2;
    }
}
