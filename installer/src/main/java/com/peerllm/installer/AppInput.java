package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Puts together what lies beside the runtime: jars, the engine's libraries, licences, the bill of materials, menu entries. */
final class AppInput {
    private static final String ENGINE = "engine/node_modules/@node-llama-cpp";

    private AppInput() {}

    static void make(Build build) throws IOException {
        Path input = Folders.fresh(build.input());
        Folders.copy(build.stage().resolve("app"), input, file -> true);
        engine(build, input);
        jna(build.platform(), input);
        licences(build, input.resolve("licences"));
        Files.copy(build.stage().resolve("sbom.cdx.json"), input.resolve("sbom.cdx.json"));
        if (build.platform() == Platform.LINUX) desktop(build, input.resolve("desktop"));
    }

    /** The one jar that jpackage is told; the others stand on the class path after it. */
    static String mainJar(Build build) {
        return "desktop-app-" + build.version() + ".jar";
    }

    /** The libraries that the engine loads: the packages also hold an addon for Node.js and what only it uses. */
    private static void engine(Build build, Path input) throws IOException {
        Path packages = build.installer().resolve(ENGINE);
        Path bins = ofThisComputer(packages, build.platform());
        Folders.copy(
                bins, input.resolve("installer").resolve(ENGINE).resolve(packages.relativize(bins)), AppInput::isUsed);
    }

    private static boolean isUsed(Path file) {
        return Folders.isLibrary(file) && !file.getFileName().toString().contains("llama-common");
    }

    private static Path ofThisComputer(Path packages, Platform platform) throws IOException {
        String os = switch (platform) {
            case LINUX -> "linux";
            case WINDOWS -> "win";
            case MACOS -> "mac";
        };
        String name = os + "-" + Platform.architecture();
        if (!Files.isDirectory(packages))
            throw new PackagingException("The engine's libraries are missing. Run ./peerllm engine once.");
        try (Stream<Path> all = Files.list(packages)) {
            Path chosen = all.filter(each -> each.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new PackagingException(
                            "The engine's libraries for " + name + " are missing. Run ./peerllm engine once."));
            return chosen.resolve("bins").resolve(chosen.getFileName());
        }
    }

    /** JNA's one library beside its jar: else each start would unpack it below the person's home. */
    private static void jna(Platform platform, Path input) throws IOException {
        String os = switch (platform) {
            case LINUX -> "linux";
            case WINDOWS -> "win32";
            case MACOS -> "darwin";
        };
        String folder = os + (Platform.architecture().equals("arm64") ? "-aarch64" : "-x86-64");
        for (Path jar : Folders.files(input, ".jar"))
            if (jar.getFileName().toString().startsWith("jna-jpms-"))
                Folders.unpack(jar, "/com/sun/jna/" + folder, input.resolve("jna"));
    }

    private static void licences(Build build, Path licences) throws IOException {
        Folders.copy(build.installer().resolve("licences"), licences, file -> true);
        Folders.copy(
                build.stage().resolve("licences"),
                licences,
                file -> file.toString().endsWith("third-party.txt"));
        Files.copy(build.home().resolve("LICENSE"), licences.resolve("peerllm.txt"));
        try (Stream<Path> all = Files.walk(build.installer().resolve(ENGINE), 2)) {
            Path engine = all.filter(each -> each.endsWith("LICENSE"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            Files.copy(engine, licences.resolve("engine-node-llama-cpp.txt"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void desktop(Build build, Path desktop) throws IOException {
        Folders.copy(build.installer().resolve("linux").resolve("desktop"), desktop, file -> true);
        for (Path icon : Folders.files(build.home().resolve("icons"), ".png")) {
            String pixels = icon.getFileName().toString().replaceAll("\\D", "");
            Path target = desktop.resolve("icons/hicolor/%sx%s/apps/peerllm.png".formatted(pixels, pixels));
            Files.createDirectories(target.getParent());
            Files.copy(icon, target);
        }
        Path scalable = Files.createDirectories(desktop.resolve("icons/hicolor/scalable/apps"));
        Files.copy(build.home().resolve("icons/peerllm.svg"), scalable.resolve("peerllm.svg"));
    }
}
