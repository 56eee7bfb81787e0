package com.peerllm.host.settings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings file: read once, then changed through here only, each change on disk before it counts.
 *
 * <p>A file that cannot be understood is set aside under the name {@code settings.json.broken-<milliseconds>}; the last one
 * that could be read takes its place, or the defaults. Nothing that a person wrote is deleted.
 */
public final class SettingsStore {
    private static final Logger log = LoggerFactory.getLogger(SettingsStore.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final Path lastGood;
    private final InstantSource clock;
    private final Signal<HostSettings> current;
    private final Optional<String> warning;

    /** Reads the file, or begins with the defaults when there is none. */
    public SettingsStore(Path file, InstantSource clock) {
        this.file = file;
        this.lastGood = file.resolveSibling(file.getFileName() + ".last-good");
        this.clock = clock;
        Found found = read();
        this.current = new Signal<>(found.settings);
        this.warning = found.warning;
        warning.ifPresent(log::warn);
    }

    public Signal<HostSettings> current() {
        return current;
    }

    /** A sentence for the person when the file was broken. */
    public Optional<String> warning() {
        return warning;
    }

    /** Changes the settings; they are on disk when it returns. */
    public synchronized void update(UnaryOperator<HostSettings> change) {
        HostSettings next = change.apply(current.get());
        if (next.equals(current.get())) return;
        try {
            OwnerOnly.createFolder(file.toAbsolutePath().getParent());
            byte[] content = JSON.writeValueAsBytes(next);
            AtomicFile.write(file, content);
            AtomicFile.write(lastGood, content);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The settings could not be written to " + file + ". Check its permissions and the free disk space.",
                    e);
        }
        current.set(next);
    }

    private record Found(HostSettings settings, Optional<String> warning) {}

    private Found read() {
        if (!Files.exists(file)) return new Found(HostSettings.DEFAULTS, Optional.empty());
        Optional<HostSettings> good = parse(file);
        if (good.isPresent()) return new Found(good.get(), Optional.empty());
        Path aside = setAside();
        Optional<HostSettings> earlier = Files.exists(lastGood) ? parse(lastGood) : Optional.empty();
        String now = earlier.isPresent() ? "the last good settings are used" : "the default settings are used";
        return new Found(
                earlier.orElse(HostSettings.DEFAULTS),
                Optional.of(
                        "The settings file could not be understood; it was kept as " + aside + " and " + now + "."));
    }

    private static Optional<HostSettings> parse(Path from) {
        try {
            HostSettings settings = JSON.readValue(Files.readAllBytes(from), HostSettings.class);
            return Optional.ofNullable(settings);
        } catch (JacksonException e) {
            log.warn("{} is not a settings file: {}", from.getFileName(), e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The settings file " + from + " cannot be read. Check its permissions.",
                    e);
        }
    }

    private Path setAside() {
        Path aside = file.resolveSibling(file.getFileName() + ".broken-" + clock.millis());
        try {
            return Files.move(file, aside);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The settings file " + file + " is damaged and could not be moved to " + aside
                            + ". Move or mend it yourself.",
                    e);
        }
    }
}
