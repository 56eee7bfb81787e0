package com.peerllm.host.cli;

import com.peerllm.host.HostStatus;
import com.peerllm.host.HostStatusFile;
import com.peerllm.host.Surroundings;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.Asks;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host status}: what the host with this data folder is doing. The folder's lock tells whether one runs. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Tell what the running host is doing.")
final class StatusCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    StatusCommand(Surroundings around) {
        this.around = around;
    }

    /** For programs. */
    record Answer(boolean running, Optional<HostStatus> status) {}

    @Override
    public Integer call() {
        AppFolders folders = common.folders(around);
        boolean running = InstanceLock.isTaken(folders);
        Optional<HostStatus> status = running ? HostStatusFile.read(folders.status()) : Optional.empty();
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) Json.print(out, new Answer(running, status));
        else out.println(running ? status.map(this::words).orElse("A host is starting.") : "No host runs here.");
        return (running ? ExitCode.OK : ExitCode.NOT_RUNNING).number();
    }

    /** One line for each, where there are several or one has a price of its own. */
    private static String models(HostStatus status) {
        boolean plain = status.models().size() < 2
                && status.models().stream().allMatch(model -> model.ask().isEmpty());
        if (plain) return "";
        return status.models().stream()
                .map(model -> "\n  " + model.name() + ": "
                        + (model.state().equals("stopped") ? "not in memory" : model.state())
                        + (model.pinned() ? ", pinned" : "")
                        + model.ask().map(ask -> ", asks " + Asks.words(ask)).orElse(""))
                .collect(Collectors.joining());
    }

    private String words(HostStatus status) {
        Duration age = Duration.ofMillis(around.clock().millis() - status.writtenAtMillis());
        return status.sentence() + " Answers running: " + status.runningAnswers() + ". Earned: "
                + status.earnings().total().earned() + ". (As of " + age.toSeconds() + " s ago, process "
                + status.pid() + ".)" + models(status)
                + status.notes().stream().map(note -> "\n" + note).collect(Collectors.joining());
    }
}
