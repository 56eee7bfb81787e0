package com.peerllm.endtoend.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a command that was run to its end ended, and what it printed.
 *
 * @param error what stood on standard error
 */
public record CommandResult(int exitCode, String output, String error) {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** @throws ProgramException when it does not end in time; it is killed then */
    public static CommandResult of(
            List<String> command, Path folder, Map<String, String> environment, Duration atMost) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Capture output = Capture.of(process.getInputStream());
            Capture error = Capture.of(process.getErrorStream());
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new ProgramException("The command did not end within " + atMost.toSeconds() + " s; it said: "
                        + output.text() + error.text());
            }
            return new CommandResult(process.exitValue(), output.text(), withoutRemark(error.text()));
        } catch (IOException e) {
            throw new ProgramException("The command cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProgramException("Interrupted while a command ran", e);
        }
    }

    private static String withoutRemark(String error) {
        boolean remarked = error.startsWith(ChildLog.RUNTIME_REMARK);
        return remarked ? error.substring(Math.min(error.length(), error.indexOf('\n') + 1)) : error;
    }

    /** Standard output, when the command succeeded. */
    public String outputOrThrow() {
        if (exitCode != 0) {
            throw new ProgramException("The command failed with exit code " + exitCode + ": " + error.strip());
        }
        return output;
    }

    /** Reads a stream to its end on a thread of its own and keeps the first part of it. */
    private record Capture(Thread reader, ByteArrayOutputStream bytes) {
        static Capture of(InputStream stream) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Thread reader = Thread.ofPlatform().daemon().name("command-output").start(() -> {
                byte[] part = new byte[8192];
                try (stream) {
                    for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
                        if (bytes.size() < MOST_BYTES) bytes.write(part, 0, count);
                    }
                } catch (IOException e) {
                    bytes.writeBytes("(output broke off)".getBytes(StandardCharsets.UTF_8));
                }
            });
            return new Capture(reader, bytes);
        }

        String text() throws InterruptedException {
            reader.join(Duration.ofSeconds(5));
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
