package com.peerllm.host.availability;

import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.SharingRules;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** What the rules mean at one moment, for a program that does not go on watching. */
public record AvailabilityCheck(Availability availability, Optional<Instant> nextChange) {

    /** Asks each sensor once. */
    public static AvailabilityCheck of(
            SharingRules rules, Decision decision, Sensors sensors, Instant now, ZoneId zone) {
        Readings readings = new SensorWatch(sensors).read(rules, true, now);
        Situation situation = new Situation(rules, readings, decision, false, now, zone);
        return new AvailabilityCheck(situation.availability(), situation.nextChange());
    }
}
