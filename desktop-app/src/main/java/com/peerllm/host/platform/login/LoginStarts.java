package com.peerllm.host.platform.login;

import com.peerllm.host.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How each operating system starts a program when the person logs in. */
public final class LoginStarts {
    private LoginStarts() {}

    /**
     * @param home the person's folder
     * @param command the program with its full path, and its arguments
     */
    public static StartAtLogin of(
            OperatingSystem os, Map<String, String> environment, Path home, List<String> command) {
        return switch (os) {
            case LINUX -> new DesktopEntry(configFolder(environment, home), command);
            case MACOS -> new LaunchAgent(home.resolve("Library/LaunchAgents"), command);
            case WINDOWS -> new RunKey(command);
        };
    }

    /** The XDG specification has relative paths ignored. */
    private static Path configFolder(Map<String, String> environment, Path home) {
        String given = environment.getOrDefault("XDG_CONFIG_HOME", "");
        boolean usable = !given.isBlank() && Path.of(given).isAbsolute();
        return usable ? Path.of(given) : home.resolve(".config");
    }
}
