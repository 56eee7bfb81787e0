package com.peerllm.host.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DayOfWeek;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When and how much a person shares; what is absent is not limited.
 *
 * @param schedule the hours of each day in which sharing is allowed, as 24 characters {@code 1} or {@code 0} from midnight on,
 *     in this computer's time zone; a day that is absent is allowed whole
 * @param idleMinutes sharing waits until nobody has used the computer for so long; absent: also while it is used
 * @param onBattery whether sharing goes on without mains power
 * @param mostCelsius sharing waits while the processor is hotter, 40 to 110
 * @param profile how much of the computer sharing may take
 * @param processorPercent of the cores, 1 to 100, for who wants to be more exact than a profile
 * @param memoryPercent of the memory, 1 to 100
 * @param gpu whether a GPU may be used
 * @param downloadBytesPerSecond that downloads may take in all
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SharingRules(
        Map<DayOfWeek, String> schedule,
        OptionalInt idleMinutes,
        Boolean onBattery,
        OptionalInt mostCelsius,
        Profile profile,
        OptionalInt processorPercent,
        OptionalInt memoryPercent,
        Boolean gpu,
        OptionalLong downloadBytesPerSecond) {

    /** How much of the computer sharing may take. */
    public enum Profile {
        LIGHT,
        BALANCED,
        FULL
    }

    /** As a host without a screen: always, and everything but the last core. */
    public static final SharingRules DEFAULTS = new SharingRules(
            Map.of(),
            OptionalInt.empty(),
            true,
            OptionalInt.empty(),
            Profile.FULL,
            OptionalInt.empty(),
            OptionalInt.empty(),
            true,
            OptionalLong.empty());

    public SharingRules {
        schedule = schedule == null ? Map.of() : Map.copyOf(schedule);
        idleMinutes = idleMinutes == null ? OptionalInt.empty() : idleMinutes;
        onBattery = onBattery == null || onBattery;
        gpu = gpu == null || gpu;
        mostCelsius = mostCelsius == null ? OptionalInt.empty() : mostCelsius;
        profile = profile == null ? Profile.FULL : profile;
        processorPercent = processorPercent == null ? OptionalInt.empty() : processorPercent;
        memoryPercent = memoryPercent == null ? OptionalInt.empty() : memoryPercent;
        downloadBytesPerSecond = downloadBytesPerSecond == null ? OptionalLong.empty() : downloadBytesPerSecond;
    }
}
