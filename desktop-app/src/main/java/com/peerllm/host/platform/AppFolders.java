package com.peerllm.host.platform;

import java.nio.file.Path;
import java.util.Map;

/** Where the host keeps its files: one data folder, and the name of everything in it. */
public record AppFolders(Path data) {

    public AppFolders {
        data = data.toAbsolutePath().normalize();
    }

    /**
     * The folder that the operating system's custom names.
     *
     * @param environment the environment variables
     * @param userHome the person's home folder
     */
    public static AppFolders standard(OperatingSystem os, Map<String, String> environment, Path userHome) {
        return new AppFolders(
                switch (os) {
                    case LINUX ->
                        folder(environment.get("XDG_DATA_HOME"), userHome.resolve(".local/share"))
                                .resolve("peerllm");
                    case MACOS -> userHome.resolve("Library/Application Support/PeerLLM");
                    case WINDOWS ->
                        folder(environment.get("LOCALAPPDATA"), userHome.resolve("AppData/Local"))
                                .resolve("PeerLLM");
                });
    }

    /** The XDG specification has relative paths ignored. */
    private static Path folder(String fromEnvironment, Path otherwise) {
        if (fromEnvironment == null || fromEnvironment.isBlank()) return otherwise;
        Path given = Path.of(fromEnvironment);
        return given.isAbsolute() ? given : otherwise;
    }

    public Path settings() {
        return data.resolve("settings.json");
    }

    public Path identityKey() {
        return data.resolve("identity.key");
    }

    /** H2 adds its own ending. */
    public Path database() {
        return data.resolve("host");
    }

    public Path models() {
        return data.resolve("models");
    }

    public Path logs() {
        return data.resolve("logs");
    }

    public Path lock() {
        return data.resolve("host.lock");
    }

    /** What a running host tells about itself. */
    public Path status() {
        return data.resolve("status.json");
    }

    /** Where the window's program hears of a second start, see {@code desktop}. */
    public Path windowSocket() {
        return data.resolve("window.sock");
    }

    /** The key that programs of this computer show to the local endpoint. */
    public Path localApiKey() {
        return data.resolve("local-api.key");
    }

    /** The person's own API key of the network, to ask it questions. */
    public Path networkKey() {
        return data.resolve("network.key");
    }

    /** A newer catalogue than the built-in one, as it was fetched. */
    public Path catalog() {
        return data.resolve("catalog.json");
    }

    /** When a newer catalogue was last looked for. */
    public Path catalogLook() {
        return data.resolve("catalog.looked");
    }

    /** A newer version of the program on its way, with what is known of it. */
    public Path update() {
        return data.resolve("update");
    }

    /** A pause or an override of the person, until its end. */
    public Path decision() {
        return data.resolve("decision.json");
    }

    /** New settings from another program, for the running host to take over. */
    public Path wishedSettings() {
        return data.resolve("wished-settings.json");
    }
}
