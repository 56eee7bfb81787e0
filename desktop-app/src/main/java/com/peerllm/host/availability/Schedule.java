package com.peerllm.host.availability;

import com.peerllm.host.settings.WeekHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The hours of a week on the clock of a place.
 *
 * <p>When the clocks are put back, the hour that comes twice is allowed both times or not at all; an hour that is left out when
 * they are put forward does not come.
 */
record Schedule(WeekHours hours, ZoneId zone) {
    /** A week, and the hours that two changes of the clock may add. */
    private static final Duration FAR_ENOUGH = Duration.ofDays(8);

    boolean allows(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return hours.allows(local.getDayOfWeek(), local.getHour());
    }

    /** When allowed turns into forbidden or the other way round; empty when it never does. */
    Optional<Instant> changeAfter(Instant at) {
        if (hours.allowsAll() || hours.allowsNone()) return Optional.empty();
        boolean before = allows(at);
        Instant end = at.plus(FAR_ENOUGH);
        for (Instant next = hourAfter(at); next.isBefore(end); next = hourAfter(next)) {
            if (allows(next) != before) return Optional.of(next);
        }
        return Optional.empty();
    }

    /** When the clock shows another hour, or may. */
    private Instant hourAfter(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        long nanosOfHour = Duration.ofMinutes(local.getMinute())
                .plusSeconds(local.getSecond())
                .plusNanos(local.getNano())
                .toNanos();
        Instant full = at.plus(Duration.ofHours(1)).minusNanos(nanosOfHour);
        ZoneOffsetTransition clockChange = zone.getRules().nextTransition(at);
        return clockChange == null || clockChange.getInstant().isAfter(full) ? full : clockChange.getInstant();
    }
}
