package com.peerllm.host.settings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Settings that another program leaves for the running host, which alone writes the settings; taken once. */
public final class WishedSettings {
    private static final Logger log = LoggerFactory.getLogger(WishedSettings.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    public WishedSettings(Path file) {
        this.file = file;
    }

    /** @throws HostException when the data folder cannot be written */
    public void leave(SettingsWish wish) {
        try {
            AtomicFile.write(file, JSON.writeValueAsBytes(wish));
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The settings could not be left for the running host in " + file
                            + ". Check its permissions and the free disk space.",
                    e);
        }
    }

    /** Whether the running host has not taken them yet. */
    public boolean waiting() {
        return Files.exists(file);
    }

    /** Nobody took them: they are not to be taken later by surprise. */
    public void takeBack() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("The wished settings could not be removed", e);
        }
    }

    /**
     * Gives what was left to {@code adopt} and removes it afterwards, so that who left it knows that it counts; what cannot be
     * understood is removed too.
     */
    public void take(Consumer<SettingsWish> adopt) {
        try {
            byte[] content = Files.readAllBytes(file);
            try {
                adopt.accept(JSON.readValue(content, SettingsWish.class));
            } finally {
                Files.delete(file);
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException | JacksonException e) {
            log.warn(
                    "Settings from another program could not be read: {}",
                    e.getClass().getSimpleName());
        }
    }
}
