package com.peerllm.host.update;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.modelstore.FileDigest;
import com.peerllm.host.modelstore.HashProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder with the built packages of one version, as a maintainer publishes it: which files are for which computers. */
public final class ReleaseFolder {
    private static final Pattern WORDS = Pattern.compile("[-_.]");

    private final Path folder;
    private final Version version;

    public ReleaseFolder(Path folder, Version version) {
        this.folder = folder;
        this.version = version;
    }

    /**
     * Reads every package.
     *
     * @param usualArch for names that tell none
     * @throws InvalidRelease when a file is of another version, or its name does not tell for which computers it is
     */
    public List<ReleaseFile> files(Optional<String> usualArch) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(Files::isRegularFile).sorted().toList();
        }
        List<ReleaseFile> found = new ArrayList<>();
        for (Path file : all) {
            Optional<PackageKind> kind = PackageKind.ofFile(name(file));
            if (kind.isPresent()) found.add(read(file, kind.get(), usualArch));
        }
        if (found.isEmpty()) throw new InvalidRelease("the folder " + folder + " has no packages");
        return found;
    }

    private ReleaseFile read(Path file, PackageKind kind, Optional<String> usualArch) throws IOException {
        String name = name(file);
        if (!name.contains(version.toString()))
            throw new InvalidRelease("the name of " + name + " does not tell version " + version
                    + "; remove it from the folder if it is of another");
        return new ReleaseFile(
                os(name, kind),
                arch(name, usualArch),
                kind,
                name,
                Files.size(file),
                FileDigest.of(file, Optional.empty(), HashProgress.SILENT, new Cancellation()));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String os(String name, PackageKind kind) {
        return switch (kind) {
            case DEB, RPM -> "linux";
            case MSI -> "windows";
            case DMG -> "macos";
            case TAR_GZ -> name.contains("macos") ? "macos" : "linux";
        };
    }

    private static String arch(String name, Optional<String> usual) {
        // Two of the words by which processors are called have a line or a point in them.
        String plain = name.replace("x86_64", "amd64");
        return WORDS.splitAsStream(plain)
                .map(TargetSystem::arch)
                .filter(word -> word.equals("x64") || word.equals("arm64"))
                .findFirst()
                .or(() -> usual)
                .orElseThrow(() -> new InvalidRelease(
                        "the name of " + name + " does not tell for which processor it is; name it with --arch"));
    }

    /**
     * Reads every file of a release that lies here.
     *
     * @throws InvalidRelease when one is missing or another, or when the release has run out
     */
    public void verify(Release release, Instant now) throws IOException {
        if (!release.expiresAt().isAfter(now)) throw new InvalidRelease("it ran out on " + release.expiresAt());
        for (ReleaseFile file : release.files()) {
            Path here = folder.resolve(file.name());
            if (!Files.isRegularFile(here)) throw new InvalidRelease(file.name() + " is not in the folder");
            boolean same = Files.size(here) == file.sizeBytes()
                    && FileDigest.of(here, Optional.empty(), HashProgress.SILENT, new Cancellation())
                            .equals(file.sha256());
            if (!same) throw new InvalidRelease(file.name() + " is not the file that was signed");
        }
    }
}
