package com.peerllm.host.cli;

import com.peerllm.host.HostStatus;
import com.peerllm.host.HostStatusFile;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Waits until a host in the background tells its first status, and says what became of it. */
final class DetachedWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Process host;
    private final AppFolders folders;
    private final Path output;
    private final CommandLine line;
    private final boolean json;

    /** @param output what the host printed until now */
    DetachedWatch(Process host, AppFolders folders, Path output, CommandLine line, boolean json) {
        this.host = host;
        this.folders = folders;
        this.output = output;
        this.line = line;
        this.json = json;
    }

    /** For programs. */
    record Started(long pid, HostStatus status) {}

    /** @return the host's own exit code when it ended at once, after telling what it said */
    int untilItServes() {
        for (long looks = PATIENCE.dividedBy(LOOK); looks > 0; looks--) {
            if (hasEnded()) {
                line.getErr().print(said());
                line.getErr().flush();
                return host.exitValue();
            }
            Optional<HostStatus> status = HostStatusFile.read(folders.status());
            if (status.isPresent()) {
                tell(status.get());
                return ExitCode.OK.number();
            }
        }
        host.destroy();
        throw new HostException(
                Problem.ENGINE,
                "The host has told nothing for " + PATIENCE.toSeconds()
                        + " seconds and was ended. Run it without --detach to see what it does.");
    }

    private boolean hasEnded() {
        try {
            return host.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !host.isAlive();
        }
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "The host ended at once, and what it said cannot be read from " + output + ".\n";
        }
    }

    private void tell(HostStatus status) {
        if (json) Json.print(line.getOut(), new Started(status.pid(), status));
        else
            line.getOut()
                    .println("A host runs in the background as process " + status.pid() + ". "
                            + "`peerllm host status` tells what it does, `peerllm host stop` ends it.");
    }
}
