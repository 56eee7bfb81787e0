package com.peerllm.host.service;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.OtherProgram;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.host.platform.sensors.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts this program again as a host that outlives this process and its terminal. */
public final class DetachedHost {
    private final JavaCommand program;
    private final Programs programs;
    private final Path output;

    /** @param output takes what the host prints, for its first moments, before its log is open */
    public DetachedHost(JavaCommand program, Programs programs, Path output) {
        this.program = program;
        this.programs = programs;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param more arguments after {@code start}
     */
    public Process start(List<String> more) {
        List<String> words = new ArrayList<>();
        // Without it the host would get the signal that a terminal sends when it is closed. Windows sends none.
        programs.find("setsid").ifPresent(setsid -> words.add(setsid.toString()));
        words.addAll(program.words());
        words.addAll(more);
        try {
            OwnerOnly.createFolder(output.getParent());
            Files.deleteIfExists(output);
            Process started = OtherProgram.of(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The host could not be started in the background ("
                            + e.getClass().getSimpleName() + "). Run it without --detach to see why.",
                    e);
        }
    }

    /**
     * Asks a host to end and waits for it.
     *
     * @return whether it ended within {@code patience}
     */
    public static boolean end(ProcessHandle host, Duration patience) {
        host.destroy();
        try {
            host.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !host.isAlive();
        } catch (ExecutionException | TimeoutException e) {
            return !host.isAlive();
        }
    }
}
