package com.peerllm.host.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The hours of a week, each allowed or not, as the clock on the wall shows them.
 *
 * <p>Written as one text for each day that is not allowed whole: 24 characters {@code 1} or {@code 0} from midnight on.
 */
public final class WeekHours {
    public static final int HOURS_OF_A_DAY = 24;
    private static final int HOURS_OF_A_WEEK = 7 * HOURS_OF_A_DAY;
    private static final int NIGHT_BEGINS = 22;
    private static final int NIGHT_ENDS = 7;
    private static final Pattern DAY = Pattern.compile("[01]{24}");

    public static final WeekHours ALWAYS = new WeekHours(new BitSet(HOURS_OF_A_WEEK));
    public static final WeekHours NEVER = ALWAYS.flipped();
    /** From 22 to 7 o'clock. */
    public static final WeekHours NIGHTS = nights();

    private final BitSet forbidden;

    private WeekHours(BitSet forbidden) {
        this.forbidden = forbidden;
    }

    /** @throws IllegalArgumentException when a day is not 24 characters 1 or 0 */
    @JsonCreator
    public static WeekHours of(Map<DayOfWeek, String> days) {
        BitSet forbidden = new BitSet(HOURS_OF_A_WEEK);
        days.forEach((day, hours) -> {
            if (!DAY.matcher(Objects.requireNonNull(hours)).matches()) {
                throw new IllegalArgumentException("The hours of " + day + " are not 24 characters 1 or 0");
            }
            for (int hour = 0; hour < HOURS_OF_A_DAY; hour++)
                forbidden.set(place(day, hour), hours.charAt(hour) == '0');
        });
        return new WeekHours(forbidden);
    }

    @JsonValue
    public Map<DayOfWeek, String> days() {
        Map<DayOfWeek, String> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            String hours = day(day);
            if (hours.indexOf('0') >= 0) days.put(day, hours);
        }
        return days;
    }

    private String day(DayOfWeek day) {
        StringBuilder hours = new StringBuilder();
        for (int hour = 0; hour < HOURS_OF_A_DAY; hour++) hours.append(allows(day, hour) ? '1' : '0');
        return hours.toString();
    }

    /** @param hour from 0 to 23 */
    public boolean allows(DayOfWeek day, int hour) {
        return !forbidden.get(place(day, hour));
    }

    /** The same with this hour allowed or not. */
    public WeekHours with(DayOfWeek day, int hour, boolean allowed) {
        BitSet next = (BitSet) forbidden.clone();
        next.set(place(day, hour), !allowed);
        return new WeekHours(next);
    }

    public boolean allowsAll() {
        return forbidden.isEmpty();
    }

    public boolean allowsNone() {
        return forbidden.cardinality() == HOURS_OF_A_WEEK;
    }

    private WeekHours flipped() {
        BitSet next = (BitSet) forbidden.clone();
        next.flip(0, HOURS_OF_A_WEEK);
        return new WeekHours(next);
    }

    private static WeekHours nights() {
        BitSet days = new BitSet(HOURS_OF_A_WEEK);
        Arrays.stream(DayOfWeek.values()).forEach(day -> days.set(place(day, NIGHT_ENDS), place(day, NIGHT_BEGINS)));
        return new WeekHours(days);
    }

    private static int place(DayOfWeek day, int hour) {
        return day.ordinal() * HOURS_OF_A_DAY + Objects.checkIndex(hour, HOURS_OF_A_DAY);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeekHours that && forbidden.equals(that.forbidden);
    }

    @Override
    public int hashCode() {
        return forbidden.hashCode();
    }

    @Override
    public String toString() {
        return allowsAll() ? "always" : days().toString();
    }
}
