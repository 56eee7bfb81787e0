package com.peerllm.host.platform.sensors;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminals of this computer, for one without a screen: the kernel notes when each was last read from, that is typed into, as
 * {@code w} shows it. It notes it in steps of 8 seconds, so that nobody can listen to the keys (tty_update_time in
 * drivers/tty/tty_io.c). Without any terminal nobody is there.
 */
final class TerminalIdle implements IdleSensor {
    private static final Logger log = LoggerFactory.getLogger(TerminalIdle.class);
    static final Path DEVICES = Path.of("/dev");
    private static final Duration NOBODY = Duration.ofDays(1);

    private final Path devices;
    private final InstantSource clock;

    TerminalIdle(Path devices, InstantSource clock) {
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public Duration idle() throws IOException {
        Optional<Instant> last = Stream.concat(
                        list(devices.resolve("pts"), "[0-9]*").stream(), list(devices, "tty[0-9]*").stream())
                .map(TerminalIdle::lastRead)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        Duration idle = last.map(at -> Duration.between(at, clock.instant())).orElse(NOBODY);
        return idle.isNegative() ? Duration.ZERO : idle;
    }

    private static List<Path> list(Path folder, String pattern) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            List<Path> all = new ArrayList<>();
            found.forEach(all::add);
            return all;
        }
    }

    private static Optional<Instant> lastRead(Path terminal) {
        try {
            FileTime read =
                    Files.readAttributes(terminal, BasicFileAttributes.class).lastAccessTime();
            return Optional.of(read.toInstant());
        } catch (IOException closedMeanwhile) {
            log.debug("A terminal was closed", closedMeanwhile);
            return Optional.empty();
        }
    }

    @Override
    public String source() {
        return "terminals";
    }
}
