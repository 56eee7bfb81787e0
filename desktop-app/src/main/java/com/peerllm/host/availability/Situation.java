package com.peerllm.host.availability;

import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.settings.SharingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that decides whether this computer may work for others, at one moment; what it decides is a pure function of it.
 *
 * @param wasTooHot whether heat kept it from working a moment ago: then it must cool {@link #COOLING} below the limit first, so
 *     that work does not start and stop by turns
 * @param zone in which the schedule is meant
 */
public record Situation(
        SharingRules rules, Readings readings, Decision decision, boolean wasTooHot, Instant now, ZoneId zone) {
    /** Degrees Celsius. */
    static final int COOLING = 5;

    /** Pauses are told with the one that lasts longest first: the one that ends by itself first is least worth telling. */
    public Availability availability() {
        return switch (decision.at(now)) {
            case Decision.ShareAnyway(Instant end) -> new Availability.Available(Optional.of(end));
            case Decision.Pause(var end) -> paused(Stream.concat(Stream.of(new PauseReason.ByHand(end)), byRules()));
            case Decision.FollowRules _ -> paused(byRules());
        };
    }

    private static Availability paused(Stream<PauseReason> reasons) {
        List<PauseReason> all = reasons.toList();
        return all.isEmpty() ? Availability.Available.BY_RULES : new Availability.Paused(all);
    }

    private Stream<PauseReason> byRules() {
        return Stream.of(outsideHours(), onBattery(), tooHot(), inUse()).flatMap(Optional::stream);
    }

    private Optional<PauseReason> outsideHours() {
        Schedule schedule = schedule();
        return schedule.allows(now)
                ? Optional.empty()
                : Optional.of(new PauseReason.OutsideHours(schedule.changeAfter(now)));
    }

    private Optional<PauseReason> onBattery() {
        boolean forbidden = !rules.onBattery() && readings.supply().equals(Optional.of(Supply.BATTERY));
        return forbidden ? Optional.of(new PauseReason.OnBattery()) : Optional.empty();
    }

    private Optional<PauseReason> tooHot() {
        if (rules.mostCelsius().isEmpty() || readings.celsius().isEmpty()) return Optional.empty();
        int most = rules.mostCelsius().getAsInt();
        int celsius = readings.celsius().getAsInt();
        boolean hot = celsius > most || wasTooHot && celsius > most - COOLING;
        return hot ? Optional.of(new PauseReason.TooHot(celsius, most)) : Optional.empty();
    }

    private Optional<PauseReason> inUse() {
        return quiet().filter(quiet -> readings.idle()
                        .filter(idle -> idle.compareTo(quiet) < 0)
                        .isPresent())
                .map(PauseReason.InUse::new);
    }

    /** How long nobody must have used the computer, if the rules ask for it. */
    private Optional<Duration> quiet() {
        return rules.idleMinutes().stream().mapToObj(Duration::ofMinutes).findFirst();
    }

    private Schedule schedule() {
        return new Schedule(rules.schedule(), zone);
    }

    /**
     * When the availability changes by itself, or may, if no sensor says anything new: a decision or an hour ends, or the
     * computer has been quiet for long enough. Empty when only a sensor or a person can change it.
     */
    public Optional<Instant> nextChange() {
        List<Instant> ends = new ArrayList<>();
        decision.at(now).endsAt().ifPresent(ends::add);
        schedule().changeAfter(now).ifPresent(ends::add);
        if (inUse().isPresent()) {
            ends.add(now.plus(quiet().orElseThrow()).minus(readings.idle().orElseThrow()));
        }
        return ends.stream().min(Instant::compareTo);
    }
}
