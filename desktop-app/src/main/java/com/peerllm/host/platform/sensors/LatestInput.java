package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Several ways to touch a computer: whichever was touched last counts. One that cannot tell leaves it to the others. */
record LatestInput(List<IdleSensor> sensors) implements IdleSensor {

    @Override
    public Duration idle() throws IOException {
        Optional<Duration> least = Optional.empty();
        IOException failure = new IOException("No sensor of activity answers");
        for (IdleSensor sensor : sensors) {
            try {
                Duration idle = sensor.idle();
                least = Optional.of(
                        least.filter(other -> other.compareTo(idle) < 0).orElse(idle));
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return least.orElseThrow(() -> failure);
    }

    @Override
    public String source() {
        return sensors.stream().map(IdleSensor::source).collect(Collectors.joining(" and "));
    }
}
