package com.peerllm.host.settings;

import com.peerllm.host.settings.SharingRules.Profile;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Rules that are being changed, one value after another; for one thread. What each value means: {@link SharingRules}. */
public final class RulesDraft {
    private WeekHours schedule;
    private OptionalInt idleMinutes;
    private boolean onBattery;
    private OptionalInt mostCelsius;
    private Profile profile;
    private OptionalInt processorPercent;
    private OptionalInt memoryPercent;
    private boolean gpu;
    private OptionalLong downloadBytesPerSecond;

    RulesDraft(SharingRules from) {
        schedule = from.schedule();
        idleMinutes = from.idleMinutes();
        onBattery = from.onBattery();
        mostCelsius = from.mostCelsius();
        profile = from.profile();
        processorPercent = from.processorPercent();
        memoryPercent = from.memoryPercent();
        gpu = from.gpu();
        downloadBytesPerSecond = from.downloadBytesPerSecond();
    }

    public RulesDraft schedule(WeekHours value) {
        schedule = value;
        return this;
    }

    public RulesDraft idleMinutes(OptionalInt value) {
        idleMinutes = value;
        return this;
    }

    public RulesDraft onBattery(boolean value) {
        onBattery = value;
        return this;
    }

    public RulesDraft mostCelsius(OptionalInt value) {
        mostCelsius = value;
        return this;
    }

    /** Only its name; {@link SharingRules#as} takes over what it says. */
    public RulesDraft profile(Profile value) {
        profile = value;
        return this;
    }

    public RulesDraft processorPercent(OptionalInt value) {
        processorPercent = value;
        return this;
    }

    public RulesDraft memoryPercent(OptionalInt value) {
        memoryPercent = value;
        return this;
    }

    public RulesDraft gpu(boolean value) {
        gpu = value;
        return this;
    }

    public RulesDraft downloadBytesPerSecond(OptionalLong value) {
        downloadBytesPerSecond = value;
        return this;
    }

    /** @throws IllegalArgumentException when a value is out of its range */
    public SharingRules done() {
        return new SharingRules(
                schedule,
                idleMinutes,
                onBattery,
                mostCelsius,
                profile,
                processorPercent,
                memoryPercent,
                gpu,
                downloadBytesPerSecond);
    }
}
