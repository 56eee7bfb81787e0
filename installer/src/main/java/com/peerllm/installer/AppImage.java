package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as it is installed: launchers, runtime and everything beside them in one folder. */
final class AppImage {
    private AppImage() {}

    static void make(Build build) throws IOException {
        Path dest = Folders.fresh(build.image().getParent());
        Path temp = Folders.fresh(build.stage().resolve("temp"));
        List<String> words = build.arguments("image")
                .words(Map.of(
                        "appVersion", build.appVersion(),
                        "input", build.input().toString(),
                        "mainJar", AppInput.mainJar(build),
                        "runtime", build.runtime().toString(),
                        "icon", icon(build).toString(),
                        "dest", dest.toString(),
                        "temp", temp.toString(),
                        "installer", build.installer().toString()));
        Tools.java("jpackage", words);
        sortClassPaths(build);
        tellEverything(build.app().resolve("PeerLLM-debug.cfg"));
        markAs(build, PackageType.APP_IMAGE);
        Folders.date(build.image(), build.date());
    }

    static Path icon(Build build) {
        return switch (build.platform()) {
            case LINUX -> build.home().resolve("icons/peerllm-512.png");
            case WINDOWS -> build.home().resolve("icons/peerllm.ico");
            case MACOS -> build.home().resolve("icons/peerllm.icns");
        };
    }

    /** By this the program knows how it was installed, and so how it is updated. */
    static void markAs(Build build, PackageType type) throws IOException {
        Path file = build.app().resolve("install.properties");
        Files.writeString(file, "kind=" + type.word() + "\nversion=" + build.version() + "\n");
        Folders.date(file, build.date());
    }

    /** Java's options of a launcher replace the common ones instead of adding to them, so this one comes after jpackage. */
    private static void tellEverything(Path config) throws IOException {
        Files.writeString(config, "java-options=-Dpeerllm.log=console\n", StandardOpenOption.APPEND);
    }

    /** jpackage lists the jars as the file system does, in another order on each computer. */
    private static void sortClassPaths(Build build) throws IOException {
        for (Path config : Folders.files(build.app(), ".cfg")) {
            List<String> lines = Files.readAllLines(config);
            List<String> sorted = new ArrayList<>(
                    lines.stream().filter(AppImage::isOnClassPath).sorted().toList());
            String main = sorted.stream()
                    .filter(line -> line.endsWith(AppInput.mainJar(build)))
                    .findFirst()
                    .orElseThrow();
            sorted.remove(main);
            sorted.addFirst(main);
            config.toFile().setWritable(true);
            Files.write(
                    config,
                    lines.stream()
                            .map(line -> isOnClassPath(line) ? sorted.removeFirst() : line)
                            .toList());
        }
    }

    private static boolean isOnClassPath(String line) {
        return line.startsWith("app.classpath=");
    }
}
