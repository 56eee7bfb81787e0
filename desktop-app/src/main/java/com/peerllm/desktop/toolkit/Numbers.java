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

    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    /** 9.95 would be written 10.0. */
    private static final double ONE_DECIMAL_BELOW = 9.95;

    private static final char NO_BREAK = '\u00a0';

    private final NumberFormat counts;
    private final NumberFormat rates;
    private final NumberFormat scores;
    private final NumberFormat percents;
    private final DecimalFormat money;

    public Numbers(Locale locale) {
        counts = NumberFormat.getIntegerInstance(locale);
        rates = NumberFormat.getNumberInstance(locale);
        rates.setMinimumFractionDigits(1);
        rates.setMaximumFractionDigits(1);
        scores = NumberFormat.getNumberInstance(locale);
        scores.setMinimumFractionDigits(2);
        scores.setMaximumFractionDigits(2);
        percents = NumberFormat.getPercentInstance(locale);
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

    /** A size such as {@code 4.1 GB}, in decimal units as disks and shops count. */
    public String size(long bytes) {
        if (bytes >= GIGA) return sized(bytes / GIGA, "GB");
        if (bytes >= MEGA) return sized(bytes / MEGA, "MB");
        return sized(bytes / KILO, "kB");
    }

    private String sized(double value, String unit) {
        String figure = value < ONE_DECIMAL_BELOW ? rates.format(value) : counts.format(Math.round(value));
        return figure + NO_BREAK + unit;
    }

    /** With two decimals. */
    public String score(double value) {
        return scores.format(value);
    }

    /** @param share 0 to 1 */
    public String percent(double share) {
        return percents.format(share);
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
