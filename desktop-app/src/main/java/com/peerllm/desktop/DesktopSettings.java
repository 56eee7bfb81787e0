package com.peerllm.desktop;

import com.peerllm.host.platform.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the person likes the window; kept beside the host's settings, which a host without a screen shares.
 *
 * @param theme light, dark or as the system
 */
record DesktopSettings(ThemeChoice theme) {
    static final DesktopSettings DEFAULTS = new DesktopSettings(ThemeChoice.SYSTEM);

    private static final Logger log = LoggerFactory.getLogger(DesktopSettings.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    DesktopSettings {
        theme = theme == null ? ThemeChoice.SYSTEM : theme;
    }

    static Path file(Path dataFolder) {
        return dataFolder.resolve("desktop.json");
    }

    /** A file that is missing or cannot be understood gives the defaults: only looks are lost. */
    static DesktopSettings read(Path file) {
        if (!Files.exists(file)) return DEFAULTS;
        try {
            DesktopSettings read = JSON.readValue(Files.readAllBytes(file), DesktopSettings.class);
            return Optional.ofNullable(read).orElse(DEFAULTS);
        } catch (IOException | JacksonException e) {
            log.warn("{} cannot be read; the window has its usual looks", file, e);
            return DEFAULTS;
        }
    }

    /** Without effect on the window when it fails. */
    void write(Path file) {
        try {
            AtomicFile.write(file, JSON.writeValueAsBytes(this));
        } catch (IOException e) {
            log.warn("{} cannot be written; the looks of the window are not kept", file, e);
        }
    }
}
