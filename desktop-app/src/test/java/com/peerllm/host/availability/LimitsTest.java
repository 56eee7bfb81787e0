package com.peerllm.host.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.hardware.HardwareProfile;
import com.peerllm.host.hardware.Sourced;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static final long MEMORY = 16L << 30;

    @ParameterizedTest
    @CsvSource({
        // profile, cores, threads, memory in percent, GPU
        "FULL, 8, 7, 100, true",
        "FULL, 1, 1, 100, true",
        "BALANCED, 8, 6, 50, true",
        "BALANCED, 2, 1, 50, true",
        "LIGHT, 16, 4, 25, false",
        "LIGHT, 2, 1, 25, false",
    })
    void aProfileSaysHowMuch(Profile profile, int cores, int threads, int memoryPercent, boolean gpu) {
        assertThat(Limits.of(SharingRules.DEFAULTS.as(profile), computer(cores)))
                .isEqualTo(new Limits(threads, MEMORY / 100 * memoryPercent + MEMORY % 100 * memoryPercent / 100, gpu));
    }

    @ParameterizedTest
    @CsvSource({"50, 8, 4", "1, 8, 1", "100, 8, 7", "99, 64, 63"})
    void aPersonMayBeMoreExact(int percent, int cores, int threads) {
        SharingRules rules = SharingRules.DEFAULTS
                .as(Profile.LIGHT)
                .edit()
                .processorPercent(OptionalInt.of(percent))
                .done();
        assertThat(Limits.of(rules, computer(cores)).threads()).isEqualTo(threads);
    }

    private static HardwareProfile computer(int cores) {
        return new HardwareProfile(
                from("a processor"),
                from(cores),
                from(cores),
                from(MEMORY),
                from(MEMORY / 2),
                from("an operating system"),
                from(List.of()));
    }

    private static <T> Sourced<T> from(T value) {
        return new Sourced<>(value, "test");
    }
}
