package com.peerllm.host.availability;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The person's decision on disk, so that it survives a restart, and so that another program of the same person can decide for a
 * host that runs.
 */
public final class DecisionFile {
    private static final Logger log = LoggerFactory.getLogger(DecisionFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PAUSE = "pause";
    private static final String SHARE = "share";

    private final Path file;

    public DecisionFile(Path file) {
        this.file = file;
    }

    /** As it is written: {@code until} is absent for a pause without an end. */
    private record Written(String decision, Optional<Instant> until) {}

    /** @throws HostException when the data folder cannot be written */
    public void write(Decision decision) {
        try {
            OwnerOnly.createFolder(file.toAbsolutePath().getParent());
            switch (decision) {
                case Decision.FollowRules _ -> Files.deleteIfExists(file);
                case Decision.Pause(var end) -> write(new Written(PAUSE, end));
                case Decision.ShareAnyway(Instant end) -> write(new Written(SHARE, Optional.of(end)));
            }
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The decision could not be written to " + file + ". Check its permissions and the free disk space.",
                    e);
        }
    }

    private void write(Written written) throws IOException {
        AtomicFile.write(file, JSON.writeValueAsBytes(written));
    }

    public Decision read() {
        return parse(text());
    }

    /** The file as it is, to see whether somebody wrote it; empty when there is none. */
    String text() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException e) {
            log.debug("The decision cannot be read", e);
            return "";
        }
    }

    /** What cannot be understood is no decision. */
    static Decision parse(String text) {
        if (text.isBlank()) return new Decision.FollowRules();
        try {
            Written written = JSON.readValue(text, Written.class);
            if (PAUSE.equals(written.decision)) return new Decision.Pause(written.until);
            if (SHARE.equals(written.decision) && written.until.isPresent()) {
                return new Decision.ShareAnyway(written.until.get());
            }
        } catch (JacksonException e) {
            log.debug("Not a decision", e);
        }
        log.warn("The file of the person's decision could not be understood; the rules decide");
        return new Decision.FollowRules();
    }
}
