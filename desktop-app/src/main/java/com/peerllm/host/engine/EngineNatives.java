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

    private static final String NO_GPU = "none";

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
        Path engine = Path.of(home, "installer", "engine");
        String gpu = chosenGpu(engine.resolve("gpu").resolve("chosen"));
        if (gpu.equals(NO_GPU)) return packageFolder(engine, platform);
        return packageFolder(engine.resolve("gpu").resolve(gpu), platform + "-" + gpu);
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

    private static Path packageFolder(Path folder, String name) {
        Path bins = folder.resolve("node_modules")
                .resolve("@node-llama-cpp")
                .resolve(name)
                .resolve("bins")
                .resolve(name);
        return existing(bins, "the folder for " + name);
    }

    /** What {@code ./peerllm engine --gpu} wrote; nobody has to have chosen. */
    private static String chosenGpu(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : NO_GPU;
        } catch (IOException e) {
            throw new EngineException(
                    EngineErrorCode.NATIVES_MISSING,
                    "The file " + file + " cannot be read. Run ./peerllm engine --gpu none, or check its permissions.",
                    e);
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
