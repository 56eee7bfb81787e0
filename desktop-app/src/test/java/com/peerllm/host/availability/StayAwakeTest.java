package com.peerllm.host.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import com.peerllm.host.platform.sensors.SleepInhibitor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StayAwakeTest {
    private final Signal<Boolean> sharing = new Signal<>(false);
    private final Signal<Availability> availability = new Signal<>(Availability.Available.BY_RULES);
    private final Signal<Readings> readings = new Signal<>(Readings.NONE);
    private int held;
    private int asked;
    private boolean refuses;

    private final StayAwake awake = new StayAwake(sharing, availability, readings, this::hold, Runnable::run);

    private SleepInhibitor.Hold hold(String why) throws IOException {
        asked++;
        if (refuses) throw new IOException("Not today");
        held++;
        return () -> held--;
    }

    @Test
    void keepsTheComputerAwakeOnlyWhileItShares() {
        awake.start();
        assertThat(held).isZero();
        sharing.set(true);
        assertThat(held).isOne();
        availability.set(new Availability.Paused(List.of(new PauseReason.ByHand(Optional.empty()))));
        assertThat(held).isZero();
        availability.set(Availability.Available.BY_RULES);
        assertThat(held).isOne();
        awake.stop();
        assertThat(held).isZero();
    }

    @Test
    void neverOnTheBattery() {
        awake.start();
        sharing.set(true);
        readings.set(new Readings(Optional.empty(), Optional.of(Supply.BATTERY), OptionalInt.empty()));
        assertThat(held).isZero();
        readings.set(new Readings(Optional.empty(), Optional.of(Supply.MAINS), OptionalInt.empty()));
        assertThat(held).isOne();
        awake.stop();
    }

    @Test
    void asksAComputerThatRefusesOnce() {
        refuses = true;
        awake.start();
        sharing.set(true);
        readings.set(new Readings(Optional.empty(), Optional.of(Supply.MAINS), OptionalInt.empty()));
        assertThat(asked).isOne();
        awake.stop();
    }
}
