package com.peerllm.host.service;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.StablePath;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How this same program is started again, with full paths and without a shell: by its command where it is installed, which an
 * update does not change, and else by {@code java ... HostMain start}.
 */
public record JavaCommand(List<String> words) {
    private static final String MAIN = "com.peerllm.host.HostMain";

    /** The command {@code peerllm} of an installation; its launchers set it. */
    private static final String INSTALLED = "peerllm.command";

    public JavaCommand {
        words = List.copyOf(words);
        for (String word : words) {
            if (word.chars().anyMatch(c -> c < ' '))
                throw new HostException(
                        Problem.USAGE, "A path of this installation has a control character in it. Move it.");
        }
    }

    /** @param data a data folder that is not the usual one */
    public static JavaCommand ofThisProgram(Properties properties, Optional<Path> data) {
        String installed = properties.getProperty(INSTALLED);
        List<String> words = new ArrayList<>(
                installed == null
                        ? javaWords(properties)
                        : List.of(StablePath.of(Path.of(installed)).toString(), "host"));
        words.add("start");
        data.ifPresent(
                folder -> words.addAll(List.of("--data", folder.toAbsolutePath().toString())));
        return new JavaCommand(words);
    }

    private static List<String> javaWords(Properties properties) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(properties.getProperty("java.home"), "bin", "java").toString());
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("-XX:+UseSerialGC");
        Optional.ofNullable(properties.getProperty("peerllm.home"))
                .ifPresent(home -> words.add("-Dpeerllm.home=" + Path.of(home).toAbsolutePath()));
        words.add("-cp");
        words.add(Arrays.stream(properties.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(JavaCommand::absolute)
                .collect(Collectors.joining(File.pathSeparator)));
        words.add(MAIN);
        return words;
    }

    /** A folder with a star stays one. */
    private static String absolute(String entry) {
        if (!entry.endsWith("*")) return Path.of(entry).toAbsolutePath().toString();
        return Path.of(entry.substring(0, entry.length() - 1)).toAbsolutePath() + File.separator + "*";
    }

    JavaCommand withData(String folder) {
        if (words.contains("--data")) return this;
        List<String> more = new ArrayList<>(words);
        more.addAll(List.of("--data", folder));
        return new JavaCommand(more);
    }

    /** The value after {@code --data}. */
    Optional<String> data() {
        int at = words.indexOf("--data");
        return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
    }
}
