package com.peerllm.host.diagnostics;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.settings.HostSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Whether the settings can be understood; only reads them. */
final class SettingsCheck implements Doctor.Check {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AppFolders folders;

    SettingsCheck(AppFolders folders) {
        this.folders = folders;
    }

    @Override
    public String name() {
        return "settings";
    }

    /** What the file says; the defaults when it is missing or broken. */
    static HostSettings settings(AppFolders folders) {
        try {
            return read(folders).orElse(HostSettings.DEFAULTS);
        } catch (IOException | JacksonException e) {
            return HostSettings.DEFAULTS;
        }
    }

    private static Optional<HostSettings> read(AppFolders folders) throws IOException {
        if (!Files.exists(folders.settings())) return Optional.empty();
        return Optional.ofNullable(JSON.readValue(Files.readAllBytes(folders.settings()), HostSettings.class));
    }

    @Override
    public List<Finding> look() {
        try {
            return List.of(
                    read(folders).isPresent()
                            ? Finding.ok("settings", "The settings can be read.")
                            : Finding.ok("settings", "There are no settings yet; the defaults are used."));
        } catch (JacksonException e) {
            return List.of(Finding.warn(
                    "settings",
                    "The settings file cannot be understood.",
                    "The next start keeps it under another name and uses the last good one; or mend it now."));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    "settings", "The settings file cannot be read.", "Check the permissions of " + folders.settings()));
        }
    }
}
