package com.peerllm.host.availability;

import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What the sensors said last; what is empty is not known, and never a reason to pause. */
public record Readings(Optional<Duration> idle, Optional<Supply> supply, OptionalInt celsius) {
    public static final Readings NONE = new Readings(Optional.empty(), Optional.empty(), OptionalInt.empty());
}
