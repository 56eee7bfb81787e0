package com.peerllm.host.listings;

import com.peerllm.host.listings.ListingForm.Field;
import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a typed listing can be kept, and what is wrong with it where it cannot. Pure. */
public final class ListingRules {
    public static final int LONGEST_TITLE = 80;
    public static final int LONGEST_DESCRIPTION = 4000;
    public static final int LONGEST_LICENCE = 200;
    public static final long MOST_DOLLARS = 100_000;
    public static final int MOST_ROYALTY_PERCENT = 50;

    private static final int POINTS_PER_PERCENT = 100;
    private static final Credits MOST_PRICE = Credits.ofDollars(MOST_DOLLARS);

    /** A point or a comma before at most two decimals; no signs, no exponents, no thousands' marks. */
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}([.,]\\d{1,2})?");

    private ListingRules() {}

    /** Why a field cannot stay as it is. */
    public enum Fault {
        MISSING,
        TOO_LONG,
        NOT_A_NUMBER,
        TOO_MUCH
    }

    /**
     * The answer.
     *
     * @param draft present when there is no fault
     */
    public record Checked(Optional<ListingDraft> draft, Map<Field, Fault> faults) {}

    public static Checked check(ListingForm form) {
        Map<Field, Fault> faults = new EnumMap<>(Field.class);
        if (form.offering().isEmpty()) faults.put(Field.OFFERING, Fault.MISSING);
        text(form.title(), LONGEST_TITLE).ifPresent(fault -> faults.put(Field.TITLE, fault));
        text(form.description(), LONGEST_DESCRIPTION).ifPresent(fault -> faults.put(Field.DESCRIPTION, fault));
        text(form.licence(), LONGEST_LICENCE).ifPresent(fault -> faults.put(Field.LICENCE, fault));
        Optional<Credits> price = price(form.price());
        if (price.isEmpty()) faults.put(Field.PRICE, number(form.price()));
        else if (price.get().compareTo(MOST_PRICE) > 0) faults.put(Field.PRICE, Fault.TOO_MUCH);
        Optional<Integer> royalty = points(form.royalty());
        if (royalty.isEmpty()) faults.put(Field.ROYALTY, number(form.royalty()));
        else if (royalty.get() > MOST_ROYALTY_PERCENT * POINTS_PER_PERCENT) faults.put(Field.ROYALTY, Fault.TOO_MUCH);
        if (!faults.isEmpty()) return new Checked(Optional.empty(), Map.copyOf(faults));
        ListingDraft draft = new ListingDraft(
                form.offering().orElseThrow(),
                form.title().strip(),
                form.description().strip(),
                form.licence().strip(),
                price.orElseThrow(),
                royalty.orElseThrow());
        return new Checked(Optional.of(draft), Map.of());
    }

    /** Dollars and cents; empty when it is no amount. */
    public static Optional<Credits> price(String typed) {
        return decimal(typed).map(Credits::ofDollars);
    }

    /** Hundredths of a percent; empty when it is no percentage. */
    public static Optional<Integer> points(String typed) {
        return decimal(typed)
                .map(percent -> percent.movePointRight(2)
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .intValueExact());
    }

    /** As {@link #price} and {@link #points} read it. */
    public static String typed(Credits price) {
        return BigDecimal.valueOf(price.nanoDollars(), 9).setScale(2).toPlainString();
    }

    public static String typed(int points) {
        return BigDecimal.valueOf(points, 2).stripTrailingZeros().toPlainString();
    }

    private static Optional<BigDecimal> decimal(String typed) {
        String number = typed.strip();
        return DECIMAL.matcher(number).matches()
                ? Optional.of(new BigDecimal(number.replace(',', '.')))
                : Optional.empty();
    }

    private static Fault number(String typed) {
        return typed.isBlank() ? Fault.MISSING : Fault.NOT_A_NUMBER;
    }

    private static Optional<Fault> text(String typed, int longest) {
        if (typed.isBlank()) return Optional.of(Fault.MISSING);
        return typed.strip().length() > longest ? Optional.of(Fault.TOO_LONG) : Optional.empty();
    }
}
