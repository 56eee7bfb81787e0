package com.peerllm.host.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When and how much a person shares; what is absent is not limited.
 *
 * @param schedule the hours in which sharing is allowed, in this computer's time zone
 * @param idleMinutes sharing waits until nobody has used the computer for so long, 1 to 600; absent: also while it is used
 * @param onBattery whether sharing goes on without mains power
 * @param mostCelsius sharing waits while the processor is hotter, 40 to 110
 * @param profile how much of the computer sharing may take
 * @param processorPercent of the cores, 1 to 100, for who wants to be more exact than the profile
 * @param memoryPercent of the memory, 1 to 100, instead of the profile's
 * @param gpu whether a GPU may be used
 * @param downloadBytesPerSecond that downloads may take in all, at least 1
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SharingRules(
        WeekHours schedule,
        OptionalInt idleMinutes,
        Boolean onBattery,
        OptionalInt mostCelsius,
        Profile profile,
        OptionalInt processorPercent,
        OptionalInt memoryPercent,
        Boolean gpu,
        OptionalLong downloadBytesPerSecond) {

    public static final Range IDLE_MINUTES = new Range(1, 600);
    public static final Range CELSIUS = new Range(40, 110);
    public static final Range PERCENT = new Range(1, 100);

    /** Both included. */
    public record Range(int least, int most) {
        public boolean has(long value) {
            return value >= least && value <= most;
        }
    }

    /** How much of the computer sharing may take, and when; all that a person has to choose. */
    public enum Profile {
        /** Only while nobody uses the computer for a while, on mains power, with a part of it. */
        LIGHT(OptionalInt.of(15), false, 25, 25, false),
        /** On mains power while nobody uses the computer, with most of it. */
        BALANCED(OptionalInt.of(5), false, 75, 50, true),
        /** Always, with all of it but one core. */
        FULL(OptionalInt.empty(), true, 100, 100, true);

        private final OptionalInt idleMinutes;
        private final boolean onBattery;
        private final int processorPercent;
        private final int memoryPercent;
        private final boolean gpu;

        Profile(OptionalInt idleMinutes, boolean onBattery, int processorPercent, int memoryPercent, boolean gpu) {
            this.idleMinutes = idleMinutes;
            this.onBattery = onBattery;
            this.processorPercent = processorPercent;
            this.memoryPercent = memoryPercent;
            this.gpu = gpu;
        }

        public OptionalInt idleMinutes() {
            return idleMinutes;
        }

        public boolean onBattery() {
            return onBattery;
        }

        public int processorPercent() {
            return processorPercent;
        }

        public int memoryPercent() {
            return memoryPercent;
        }

        public boolean gpu() {
            return gpu;
        }
    }

    /** As a host without a screen: always, and everything but the last core. */
    public static final SharingRules DEFAULTS = new SharingRules(
            WeekHours.ALWAYS,
            OptionalInt.empty(),
            true,
            OptionalInt.empty(),
            Profile.FULL,
            OptionalInt.empty(),
            OptionalInt.empty(),
            true,
            OptionalLong.empty());

    public SharingRules {
        schedule = schedule == null ? WeekHours.ALWAYS : schedule;
        idleMinutes = within(IDLE_MINUTES, idleMinutes, "idleMinutes");
        onBattery = onBattery == null || onBattery;
        gpu = gpu == null || gpu;
        mostCelsius = within(CELSIUS, mostCelsius, "mostCelsius");
        profile = profile == null ? Profile.FULL : profile;
        processorPercent = within(PERCENT, processorPercent, "processorPercent");
        memoryPercent = within(PERCENT, memoryPercent, "memoryPercent");
        downloadBytesPerSecond = downloadBytesPerSecond == null ? OptionalLong.empty() : downloadBytesPerSecond;
        if (downloadBytesPerSecond.isPresent() && downloadBytesPerSecond.getAsLong() < 1) {
            throw new IllegalArgumentException("downloadBytesPerSecond is at least 1");
        }
    }

    private static OptionalInt within(Range range, OptionalInt value, String name) {
        if (value == null) return OptionalInt.empty();
        if (value.isEmpty() || range.has(value.getAsInt())) return value;
        throw new IllegalArgumentException(name + " is from " + range.least() + " to " + range.most());
    }

    /** A copy to change; this stays as it is. */
    public RulesDraft edit() {
        return new RulesDraft(this);
    }

    /** These rules with everything that the profile says; the schedule, the temperature and the downloads stay. */
    public SharingRules as(Profile chosen) {
        return edit().profile(chosen)
                .idleMinutes(chosen.idleMinutes())
                .onBattery(chosen.onBattery())
                .gpu(chosen.gpu())
                .processorPercent(OptionalInt.empty())
                .memoryPercent(OptionalInt.empty())
                .done();
    }

    /** Of the cores: the person's own figure, else the profile's. */
    public int shareOfProcessor() {
        return processorPercent.orElse(profile.processorPercent());
    }

    /** Of the memory: the person's own figure, else the profile's. */
    public int shareOfMemory() {
        return memoryPercent.orElse(profile.memoryPercent());
    }
}
