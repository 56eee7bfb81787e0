package com.peerllm.host.platform.sensors;

import com.peerllm.host.platform.OtherProgram;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operating system's own small programs, run as children that end soon. Nothing is run that is not in the search path. */
public final class Programs {
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final String WINDOWS_ENDING = ".exe";

    private final List<Path> searchPath;

    public Programs(List<Path> searchPath) {
        this.searchPath = List.copyOf(searchPath);
    }

    /** Those that a person could type in a terminal. */
    public static Programs of(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        return new Programs(Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .toList());
    }

    public Optional<Path> find(String name) {
        return searchPath.stream()
                .flatMap(folder -> Stream.of(name, name + WINDOWS_ENDING).map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What the program prints.
     *
     * @throws IOException when it is not there, fails or takes longer than 5 seconds
     */
    public String output(String name, String... arguments) throws IOException {
        Process child = start(name, arguments);
        try {
            child.getOutputStream().close();
            // Short answers only: they fit in the pipe, so the child never waits for a reader.
            if (!child.waitFor(MOST.toMillis(), TimeUnit.MILLISECONDS))
                throw new IOException(name + " does not answer");
            if (child.exitValue() != 0) throw new IOException(name + " failed with " + child.exitValue());
            return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted", e);
        } finally {
            child.destroyForcibly();
        }
    }

    /** Starts it and leaves it running; what it has to complain about is thrown away. */
    public Process start(String name, String... arguments) throws IOException {
        Path program = find(name).orElseThrow(() -> new IOException("There is no program " + name));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return OtherProgram.of(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
