package com.peerllm.host.service;

import com.peerllm.host.HostVersion;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.update.Installation;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** How this same program is started again, with full paths and without a shell: {@code java ... HostMain start}. */
public record JavaCommand(List<String> words) {
    private static final String MAIN = "com.peerllm.host.HostMain";

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
        Installation installed = Installation.of(properties, HostVersion.text());
        List<String> words = new ArrayList<>();
        words.add(installed
                .lasting(Path.of(properties.getProperty("java.home"), "bin", "java"))
                .toString());
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("-XX:+UseSerialGC");
        Optional.ofNullable(properties.getProperty("peerllm.home"))
                .ifPresent(home -> words.add(
                        "-Dpeerllm.home=" + installed.lasting(Path.of(home).toAbsolutePath())));
        Optional.ofNullable(properties.getProperty(Installation.PROPERTY))
                .ifPresent(file -> words.add("-D" + Installation.PROPERTY + "=" + installed.lasting(Path.of(file))));
        words.add("-cp");
        words.add(Arrays.stream(properties.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(entry -> absolute(entry, installed))
                .collect(Collectors.joining(File.pathSeparator)));
        words.add(MAIN);
        words.add("start");
        data.ifPresent(
                folder -> words.addAll(List.of("--data", folder.toAbsolutePath().toString())));
        return new JavaCommand(words);
    }

    /** A folder with a star stays one. */
    private static String absolute(String entry, Installation installed) {
        if (!entry.endsWith("*"))
            return installed.lasting(Path.of(entry).toAbsolutePath()).toString();
        Path folder = Path.of(entry.substring(0, entry.length() - 1)).toAbsolutePath();
        return installed.lasting(folder) + File.separator + "*";
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
