package com.peerllm.host.platform.sensors;

import java.util.Optional;

/** What this computer can tell about itself; a sensor that it does not have is absent. Chosen once, when the program starts. */
public record Sensors(Optional<IdleSensor> idle, Optional<PowerSensor> power, Optional<ThermalSensor> heat) {
    public static final Sensors NONE = new Sensors(Optional.empty(), Optional.empty(), Optional.empty());
}
