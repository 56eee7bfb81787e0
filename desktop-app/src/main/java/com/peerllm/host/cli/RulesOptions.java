package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.settings.RulesDraft;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.SharingRules.Range;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The options of {@code rules set}; what is not given stays as it is. */
final class RulesOptions {
    private static final String OFF = "off";
    private static final String AS_PROFILE = "profile";
    private static final long BYTES_OF_A_MEGABYTE = 1_000_000;
    private static final Range MEGABYTES = new Range(1, 10_000);

    @Option(
            names = "--profile",
            paramLabel = "light|balanced|full",
            description = "Begin with all that this profile says; the hours, the temperature and the downloads stay.")
    Profile profile;

    @Option(
            names = "--idle",
            paramLabel = "MINUTES|off",
            description = "Wait until nobody has used the computer for so long.")
    String idle;

    @Option(names = "--battery", paramLabel = "on|off", description = "Whether to share on the battery.")
    Switch battery;

    @Option(
            names = "--celsius",
            paramLabel = "DEGREES|off",
            description = "Wait while the processor is hotter, from 40 to 110.")
    String celsius;

    @Option(names = "--processor", paramLabel = "PERCENT|profile", description = "Share of the cores.")
    String processor;

    @Option(names = "--memory", paramLabel = "PERCENT|profile", description = "Share of the memory.")
    String memory;

    @Option(names = "--gpu", paramLabel = "on|off", description = "Whether a GPU may be used.")
    Switch gpu;

    @Option(names = "--downloads", paramLabel = "MB|off", description = "Megabytes per second for downloads, in all.")
    String downloads;

    @Option(
            names = "--hours",
            paramLabel = "HOURS",
            description =
                    "always, nights, never, or days and hours such as mon-fri=18-24 or sat=22-7; may be given several"
                            + " times, and replaces the hours there were.")
    List<String> hours;

    /** As a person says it. */
    enum Switch {
        ON,
        OFF
    }

    /** The rules with what was given. */
    SharingRules on(SharingRules before) {
        RulesDraft draft = (profile == null ? before : before.as(profile)).edit();
        if (idle != null) draft.idleMinutes(limit("--idle", idle, OFF, SharingRules.IDLE_MINUTES));
        if (battery != null) draft.onBattery(battery == Switch.ON);
        if (celsius != null) draft.mostCelsius(limit("--celsius", celsius, OFF, SharingRules.CELSIUS));
        if (processor != null)
            draft.processorPercent(limit("--processor", processor, AS_PROFILE, SharingRules.PERCENT));
        if (memory != null) draft.memoryPercent(limit("--memory", memory, AS_PROFILE, SharingRules.PERCENT));
        if (gpu != null) draft.gpu(gpu == Switch.ON);
        if (downloads != null) draft.downloadBytesPerSecond(bytes(limit("--downloads", downloads, OFF, MEGABYTES)));
        if (hours != null) draft.schedule(HoursText.parse(hours));
        return draft.done();
    }

    private static OptionalLong bytes(OptionalInt megabytes) {
        return megabytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(megabytes.getAsInt() * BYTES_OF_A_MEGABYTE);
    }

    private static OptionalInt limit(String option, String text, String none, Range range) {
        if (text.equalsIgnoreCase(none)) return OptionalInt.empty();
        if (text.matches("\\d{1,6}") && range.has(Integer.parseInt(text))) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        throw new HostException(
                Problem.USAGE,
                option + " must be " + none + " or from " + range.least() + " to " + range.most() + "; it is " + text
                        + ".");
    }
}
