package com.peerllm.desktop.toolkit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes moments the way the person's language does, no longer than they need to be. */
public final class Times {
    private static final long DAYS_OF_A_WEEK = 7;

    private final ZoneId zone;
    private final DateTimeFormatter hour;
    private final DateTimeFormatter weekday;
    private final DateTimeFormatter date;

    public Times(Locale locale, ZoneId zone) {
        this.zone = zone;
        hour = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale);
        weekday = DateTimeFormatter.ofPattern("EEEE", locale);
        date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
    }

    /** A moment near now: the hour, with its day where that is not today. */
    public String near(Instant moment, Instant now) {
        ZonedDateTime then = moment.atZone(zone);
        long days = Math.abs(ChronoUnit.DAYS.between(LocalDate.ofInstant(now, zone), then.toLocalDate()));
        if (days == 0) return hour.format(then);
        return (days < DAYS_OF_A_WEEK ? weekday : date).format(then) + ", " + hour.format(then);
    }

    /** A day. */
    public String date(Instant moment) {
        return date.format(moment.atZone(zone));
    }

    /** Tomorrow at this hour of the day. */
    public Instant tomorrowAt(int hourOfDay, Instant now) {
        return LocalDate.ofInstant(now, zone)
                .plusDays(1)
                .atTime(hourOfDay, 0)
                .atZone(zone)
                .toInstant();
    }
}
