package com.peerllm.host.platform.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.platform.sensors.PowerSensor.Supply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What macOS and Windows answer, in the form that their documentation gives; they are not run here. */
class OtherSystemsTest {

    /** Form: pmset(1), {@code -g batt}. */
    @Test
    void macOsTellsItsPowerSupplyInTheFirstLine() throws Exception {
        assertThat(MacPower.parse("""
                Now drawing from 'Battery Power'
                 -InternalBattery-0 (id=4653155)\t56%; discharging; 3:10 remaining present: true
                """)).isEqualTo(Supply.BATTERY);
        assertThat(MacPower.parse("Now drawing from 'AC Power'\n")).isEqualTo(Supply.MAINS);
        assertThat(MacPower.parse("Now drawing from 'UPS Power'\n")).isEqualTo(Supply.BATTERY);
        assertThatThrownBy(() -> MacPower.parse("No batteries\n")).isInstanceOf(IOException.class);
    }

    /** Form: ioreg(8). */
    @Test
    void macOsCountsNanosecondsWithoutInput() throws Exception {
        assertThat(MacIdle.parse("""
                +-o IOHIDSystem  <class IOHIDSystem, id 0x1000004f3, registered, matched, active, busy 0 (4 ms), retain 18>
                    {
                      "HIDIdleTime" = 1234567890
                      "HIDServiceSupport" = Yes
                    }
                """)).isEqualTo(Duration.ofNanos(1_234_567_890));
        assertThatThrownBy(() -> MacIdle.parse("")).isInstanceOf(IOException.class);
    }

    @Test
    void windowsBeginsToCountAgainAfterSevenWeeks() {
        assertThat(WindowsIdle.between(1000, 61_000)).isEqualTo(Duration.ofMinutes(1));
        assertThat(WindowsIdle.between(-500, 500)).isEqualTo(Duration.ofSeconds(1));
    }

    /** Values: SYSTEM_POWER_STATUS of the Win32 API. */
    @Test
    void windowsTellsItsPowerSupplyAsANumber() throws Exception {
        assertThat(WindowsPower.of((byte) 0)).isEqualTo(Supply.BATTERY);
        assertThat(WindowsPower.of((byte) 1)).isEqualTo(Supply.MAINS);
        assertThatThrownBy(() -> WindowsPower.of((byte) 255)).isInstanceOf(IOException.class);
    }
}
