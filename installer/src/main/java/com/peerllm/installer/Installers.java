package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Packs the app image into what a person downloads. */
final class Installers {
    /** Set by who has a certificate; see docs/packaging.md. */
    private static final String MAC_IDENTITY = "PEERLLM_MAC_SIGNING_IDENTITY";

    private final Build build;

    Installers(Build build) {
        this.build = build;
    }

    /** @return the package's file, or the folder of the app image */
    Path make(PackageType type) throws IOException {
        AppImage.markAs(build, type);
        return switch (type) {
            case APP_IMAGE -> build.image();
            case TAR_GZ -> new TarGz(build).make();
            case DEB, RPM, MSI, DMG -> withJpackage(type);
        };
    }

    private Path withJpackage(PackageType type) throws IOException {
        if (type == PackageType.RPM && !Tools.isInstalled("rpmbuild"))
            throw new PackagingException(
                    "rpmbuild is not installed. Debian: apt-get install rpm; Fedora: dnf install rpm-build.");
        if (type == PackageType.DMG) sign();
        Path dest = Folders.fresh(build.stage().resolve("package"));
        List<String> words = new ArrayList<>(List.of("--type", type.word()));
        words.addAll(build.arguments("package")
                .words(Map.of(
                        "appVersion", build.appVersion(),
                        "image", build.image().toString(),
                        "license", build.home().resolve("LICENSE").toString(),
                        "dest", dest.toString(),
                        "temp", Folders.fresh(build.stage().resolve("temp")).toString(),
                        "installer", build.installer().toString(),
                        "resources",
                                build.installer()
                                        .resolve(build.platform().word())
                                        .resolve("resources")
                                        .toString())));
        words.addFirst(
                Path.of(System.getProperty("java.home"), "bin", "jpackage").toString());
        Tools.program(words, environment());
        try (Stream<Path> made = Files.list(dest)) {
            Path file =
                    made.findFirst().orElseThrow(() -> new PackagingException("jpackage made no " + type.word() + "."));
            Files.createDirectories(build.out());
            return Files.move(file, build.out().resolve(name(file, type)), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** By it the release is told for which computers a package is; jpackage says that only in Linux' own forms. */
    private String name(Path file, PackageType type) {
        return switch (type) {
            case MSI, DMG ->
                "peerllm-%s-%s-%s.%s"
                        .formatted(build.version(), build.platform().word(), Platform.architecture(), type.word());
            default -> file.getFileName().toString();
        };
    }

    private void jpackage(List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.addFirst(
                Path.of(System.getProperty("java.home"), "bin", "jpackage").toString());
        Tools.program(command, environment());
    }

    private void sign() {
        String identity = System.getenv().getOrDefault(MAC_IDENTITY, "");
        if (identity.isBlank()) {
            System.out.println("Not signed: " + MAC_IDENTITY + " is not set.");
            return;
        }
        jpackage(build.arguments("sign")
                .words(Map.of(
                        "image", build.image().toString(),
                        "identity", identity,
                        "installer", build.installer().toString())));
    }

    /**
     * jpackage copies without dates, but the AOT cache holds only for jars with the dates that it was made with: rpmbuild and
     * dpkg-deb bring every later date back to this one. xz is what every Debian and Ubuntu in use can unpack.
     */
    private Map<String, String> environment() {
        return Map.of(
                "SOURCE_DATE_EPOCH", Long.toString(build.date().getEpochSecond()),
                "DPKG_DEB_COMPRESSOR_TYPE", System.getenv().getOrDefault("DPKG_DEB_COMPRESSOR_TYPE", "xz"));
    }
}
