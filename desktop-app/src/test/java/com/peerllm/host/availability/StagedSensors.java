package com.peerllm.host.availability;

import com.peerllm.host.platform.sensors.IdleSensor;
import com.peerllm.host.platform.sensors.PowerSensor;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.platform.sensors.ThermalSensor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sensors that say what the test wants, and count how often they are asked. */
public final class StagedSensors implements IdleSensor, PowerSensor, ThermalSensor {
    public volatile Duration idle = Duration.ofHours(1);
    public volatile Supply supply = Supply.MAINS;
    public volatile int celsius = 50;
    public volatile boolean fails;
    public volatile int askedForActivity;

    public Sensors all() {
        return new Sensors(Optional.of(this), Optional.of(this), Optional.of(this));
    }

    @Override
    public Duration idle() throws IOException {
        askedForActivity++;
        if (fails) throw new IOException("The sensor is gone");
        return idle;
    }

    @Override
    public Supply supply() throws IOException {
        if (fails) throw new IOException("The sensor is gone");
        return supply;
    }

    @Override
    public int celsius() throws IOException {
        if (fails) throw new IOException("The sensor is gone");
        return celsius;
    }

    @Override
    public String source() {
        return "the Linux kernel";
    }
}
