package com.peerllm.host.published;

import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When something published was last looked for with success, in a file that outlives the program. */
public final class LastLook {
    private static final Logger log = LoggerFactory.getLogger(LastLook.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final Path file;
    private final InstantSource clock;

    public LastLook(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    public Optional<Instant> at() {
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(Instant.parse(Files.readString(file).strip()));
        } catch (IOException | DateTimeParseException e) {
            log.debug("It is not known when {} was written", file, e);
            return Optional.empty();
        }
    }

    /** Whether a day has passed. A last look that lies in the future says that a clock was wrong. */
    boolean isDue() {
        Instant now = clock.instant();
        return at().filter(last -> !last.isAfter(now) && last.plus(DAY).isAfter(now))
                .isEmpty();
    }

    /** A look has ended well now. */
    public void wentWell() {
        try {
            OwnerOnly.createFolder(file.toAbsolutePath().getParent());
            AtomicFile.write(file, (clock.instant() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.warn("The time of the last look could not be written to {}", file, e);
        }
    }
}
