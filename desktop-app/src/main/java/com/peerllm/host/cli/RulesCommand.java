package com.peerllm.host.cli;

import com.peerllm.host.StatusWords;
import com.peerllm.host.Surroundings;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.AvailabilityCheck;
import com.peerllm.host.availability.Decision;
import com.peerllm.host.availability.DecisionFile;
import com.peerllm.host.availability.PauseReason;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.OperatingSystem;
import com.peerllm.host.platform.sensors.SensorChoice;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.settings.SettingsWish;
import com.peerllm.host.settings.SharingRules;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host rules}: when and how much is shared, and what that means now. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Show and set when and how much this computer shares.")
final class RulesCommand {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    RulesCommand(Surroundings around) {
        this.around = around;
    }

    /**
     * For programs.
     *
     * @param available whether this computer may share now
     * @param reasons why not, the one that lasts longest first; empty when it may
     * @param until when that changes by itself
     */
    record Answer(SharingRules rules, boolean available, List<String> reasons, Optional<Instant> until) {}

    @Command(mixinStandardHelpOptions = true, description = "Show the rules, and what they mean now.")
    int show(@Mixin CommonOptions common) {
        AppFolders folders = common.folders(around);
        tell(
                common,
                folders,
                new SettingsStore(folders.settings(), around.clock())
                        .current()
                        .get()
                        .rules());
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Change rules, also of a host that runs; what is not named stays.")
    int set(@Mixin CommonOptions common, @Mixin RulesOptions wanted) {
        AppFolders folders = common.folders(around);
        SharingRules next = new SettingsChange(folders, around.clock(), SettingsChange.PATIENCE)
                .make(now -> SettingsWish.of(wanted.on(now.rules())))
                .rules();
        tell(common, folders, next);
        return ExitCode.OK.number();
    }

    private void tell(CommonOptions common, AppFolders folders, SharingRules rules) {
        Decision decision = new DecisionFile(folders.decision()).read();
        OperatingSystem os = OperatingSystem.of(around.properties().getProperty("os.name", ""));
        AvailabilityCheck now = AvailabilityCheck.of(
                rules,
                decision,
                SensorChoice.ofThisComputer(os, around.environment(), around.clock()),
                around.clock().instant(),
                ZoneId.systemDefault());
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) Json.print(out, answer(rules, now));
        else out.println(words(rules) + "\n" + meaning(now));
    }

    private static Answer answer(SharingRules rules, AvailabilityCheck now) {
        return switch (now.availability()) {
            case Availability.Available _ -> new Answer(rules, true, List.of(), now.nextChange());
            case Availability.Paused(List<PauseReason> reasons) ->
                new Answer(
                        rules,
                        false,
                        reasons.stream()
                                .map(reason -> StatusWords.of(reason, ZoneId.systemDefault()))
                                .toList(),
                        now.nextChange());
        };
    }

    private static String words(SharingRules rules) {
        return String.join(
                "\n",
                "Profile: " + rules.profile().name().toLowerCase(Locale.ROOT),
                "Waits while somebody uses the computer: "
                        + (rules.idleMinutes().isEmpty()
                                ? "no"
                                : "until " + rules.idleMinutes().getAsInt() + " quiet minutes have passed"),
                "Shares on its battery: " + (rules.onBattery() ? "yes" : "no"),
                "Waits while the processor is hot: "
                        + (rules.mostCelsius().isEmpty()
                                ? "no"
                                : "above " + rules.mostCelsius().getAsInt() + " °C"),
                "Processor: " + rules.shareOfProcessor() + " %, memory: " + rules.shareOfMemory() + " %, GPU: "
                        + (rules.gpu() ? "yes" : "no"),
                "Downloads: "
                        + (rules.downloadBytesPerSecond().isEmpty()
                                ? "not limited"
                                : rules.downloadBytesPerSecond().getAsLong() + " bytes per second"),
                "Hours: " + HoursText.shown(rules.schedule()));
    }

    private String meaning(AvailabilityCheck now) {
        ZoneId zone = ZoneId.systemDefault();
        TimeText time = new TimeText(around.clock().instant(), zone);
        String until = now.nextChange().map(at -> " until " + time.shown(at)).orElse("");
        return switch (now.availability()) {
            case Availability.Available(Optional<Instant> overridden) ->
                overridden.isPresent()
                        ? "Shares whatever the rules say" + until + "."
                        : "Would share now" + until + ".";
            case Availability.Paused(List<PauseReason> reasons) -> StatusWords.paused(reasons, zone);
        };
    }
}
