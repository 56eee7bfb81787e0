package com.peerllm.host.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the folder of llama.cpp's libraries for this operating system and processor. */
public final class EngineNatives {

    /** A folder given here is taken as it is. */
    public static final String NATIVES_PROPERTY = "peerllm.natives";

    /** The installation's or the repository's folder; the launcher and the tests set it. */
    public static final String HOME_PROPERTY = "peerllm.home";

    private static final Pattern LLAMA =
            Pattern.compile("(?:lib)?llama\\.((?:[a-z]+\\.)?[vb][0-9.]*[0-9])\\.(?:so|dylib|dll)");

    private EngineNatives() {}

    /** The folder for this computer, from the given system properties. */
    public static Path locate(Properties properties) {
        String given = properties.getProperty(NATIVES_PROPERTY);
        if (given != null) return existing(Path.of(given), "the system property " + NATIVES_PROPERTY);
        String home = properties.getProperty(HOME_PROPERTY);
        if (home == null)
            throw missing("The engine's native libraries cannot be found because " + HOME_PROPERTY + " is not set");
        String platform = platform(properties.getProperty("os.name", ""), properties.getProperty("os.arch", ""))
                .orElseThrow(() -> missing("There is no engine for this operating system and processor ("
                        + properties.getProperty("os.name") + ", " + properties.getProperty("os.arch") + ")"));
        Path packages = Path.of(home, "installer", "engine", "node_modules", "@node-llama-cpp");
        return existing(packages.resolve(platform).resolve("bins").resolve(platform), "the folder for " + platform);
    }

    /** Release and variant of the libraries in a folder, as in their file names, such as {@code v0.5.0} or {@code vulkan.v0.5.0}. */
    public static String release(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> LLAMA.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .sorted()
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("The engine's folder cannot be read", e);
        }
    }

    /** The package of natives for an operating system and a processor as Java names them. */
    static Optional<String> platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean arm = osArch.equals("aarch64");
        if (!arm && !osArch.equals("amd64") && !osArch.equals("x86_64")) return Optional.empty();
        if (os.contains("linux")) return Optional.of(arm ? "linux-arm64" : "linux-x64");
        if (os.contains("mac")) return Optional.of(arm ? "mac-arm64-metal" : "mac-x64");
        if (os.contains("windows")) return Optional.of(arm ? "win-arm64" : "win-x64");
        return Optional.empty();
    }

    private static Path existing(Path folder, String source) {
        if (Files.isDirectory(folder)) return folder.toAbsolutePath();
        throw missing(
                "The engine's native libraries are missing: " + source + " names " + folder + ", which is no folder");
    }

    private static EngineException missing(String what) {
        return new EngineException(
                EngineErrorCode.NATIVES_MISSING, what + ". Run ./peerllm once: it fetches them for this computer.");
    }
}
