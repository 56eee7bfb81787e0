package com.peerllm.host.cli;

import com.peerllm.host.StatusWords;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans and moments as a person types them: {@code 2h}, {@code 1d12h}, {@code 90m}; {@code 22:00}, {@code 2026-11-24T08:00}. */
final class TimeText {
    private static final Pattern SPAN = Pattern.compile("(?:(\\d{1,3})d)?(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?");

    private final Instant now;
    private final ZoneId zone;

    TimeText(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** So long from now. */
    Instant after(String span) {
        Matcher parts = SPAN.matcher(span.strip());
        Duration length = parts.matches()
                ? Duration.ofDays(number(parts.group(1)))
                        .plusHours(number(parts.group(2)))
                        .plusMinutes(number(parts.group(3)))
                : Duration.ZERO;
        if (length.isZero()) {
            throw new HostException(
                    Problem.USAGE, "'" + span + "' is not a span of time. Write it as 2h, 90m or 1d12h.");
        }
        return now.plus(length);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The next time that the clock shows this hour, or that moment of that day. */
    Instant until(String moment) {
        Instant then = moment(moment.strip());
        if (then.isAfter(now)) return then;
        throw new HostException(Problem.USAGE, "'" + moment + "' is over already.");
    }

    private Instant moment(String text) {
        try {
            if (text.contains("T"))
                return LocalDateTime.parse(text).atZone(zone).toInstant();
            LocalTime hour = LocalTime.parse(text);
            ZonedDateTime today = now.atZone(zone).with(hour);
            return (today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant();
        } catch (DateTimeException e) {
            throw new HostException(
                    Problem.USAGE, "'" + text + "' is not a moment. Write it as 22:00 or 2026-11-24T08:00.", e);
        }
    }

    /** On this computer's clock. */
    String shown(Instant moment) {
        return StatusWords.moment(moment, zone);
    }
}
