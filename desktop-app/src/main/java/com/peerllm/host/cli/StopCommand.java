package com.peerllm.host.cli;

import com.peerllm.host.HostStatus;
import com.peerllm.host.HostStatusFile;
import com.peerllm.host.Surroundings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.service.DetachedHost;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host stop}: ends the host that runs with this data folder, as Ctrl-C would. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "End the running host: running answers may end, then it leaves the network.")
final class StopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Surroundings around;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    StopCommand(Surroundings around) {
        this.around = around;
    }

    /** For programs. */
    record Stopped(boolean wasRunning, Optional<Long> pid) {}

    @Override
    public Integer call() {
        AppFolders folders = common.folders(around);
        Optional<ProcessHandle> running = InstanceLock.isTaken(folders)
                ? HostStatusFile.read(folders.status()).map(HostStatus::pid).flatMap(ProcessHandle::of)
                : Optional.empty();
        running.ifPresent(StopCommand::end);
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) Json.print(out, new Stopped(running.isPresent(), running.map(ProcessHandle::pid)));
        else out.println(running.isPresent() ? "The host has ended." : "No host runs here.");
        return (running.isPresent() ? ExitCode.OK : ExitCode.NOT_RUNNING).number();
    }

    private static void end(ProcessHandle host) {
        if (DetachedHost.end(host, PATIENCE)) return;
        throw new HostException(
                Problem.DATA_FOLDER_IN_USE,
                "The host (process " + host.pid() + ") has not ended after " + PATIENCE.toSeconds()
                        + " seconds. Try again, or end the process yourself.");
    }
}
