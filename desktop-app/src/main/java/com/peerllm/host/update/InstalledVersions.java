package com.peerllm.host.update;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.platform.AtomicFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of a program that was unpacked: each in {@code versions/VERSION}, and {@code current}, a link to the one that
 * starts.
 *
 * <p>A version has its name only when all of it is on the disk, and the link is replaced by renaming: whenever the computer
 * stops, the link leads to a whole version, and doing the same once more ends what was begun.
 */
final class InstalledVersions {
    private static final Logger log = LoggerFactory.getLogger(InstalledVersions.class);
    static final String CURRENT = "current";
    private static final String VERSIONS = "versions";
    private static final String UNFINISHED = ".unfinished-";

    private final Path root;
    private final Interruption interruption;

    /** The steps after which a computer may stop. */
    enum Step {
        BEGUN,
        UNPACKED,
        NAMED,
        LINK_MADE,
        LINK_RENAMED,
        CLEANED
    }

    /** Told after each step; a test stops there. */
    @FunctionalInterface
    interface Interruption {
        void after(Step step);
    }

    InstalledVersions(Path root) {
        this(root, step -> {});
    }

    InstalledVersions(Path root, Interruption interruption) {
        this.root = root;
        this.interruption = interruption;
    }

    boolean has(Version version) {
        return Files.isDirectory(folder(version), LinkOption.NOFOLLOW_LINKS);
    }

    private Path folder(Version version) {
        return root.resolve(VERSIONS).resolve(version.toString());
    }

    /** The version that starts; nothing when the link leads elsewhere. */
    Optional<Version> current() throws IOException {
        Path target = Files.readSymbolicLink(root.resolve(CURRENT));
        return Version.find(target.getFileName().toString()).filter(this::has);
    }

    /** Whether this person may change what is there. */
    boolean mayChange() {
        return Files.isWritable(root) && Files.isWritable(root.resolve(VERSIONS));
    }

    /**
     * Puts a version beside the others; one that is there already stays.
     *
     * @param archive with {@code PeerLLM/versions/VERSION/}
     */
    void unpack(Path archive, Version version, Cancellation cancellation) throws IOException {
        if (has(version)) return;
        Path unfinished = root.resolve(VERSIONS).resolve(UNFINISHED + version);
        delete(unfinished);
        Files.createDirectory(unfinished);
        interruption.after(Step.BEGUN);
        Unpacking.unpack(archive, "PeerLLM/versions/" + version + "/", unfinished, cancellation);
        interruption.after(Step.UNPACKED);
        AtomicFile.moveInto(folder(version), unfinished);
        interruption.after(Step.NAMED);
    }

    /**
     * From the next start on it is this one that starts. The one before it stays for a way back, others go.
     *
     * @param running the version of this program, which stays too
     */
    void switchTo(Version version, Optional<Version> running) throws IOException {
        Optional<Version> before = current();
        Path link = root.resolve("." + CURRENT);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(VERSIONS, version.toString()));
        interruption.after(Step.LINK_MADE);
        AtomicFile.moveInto(root.resolve(CURRENT), link);
        interruption.after(Step.LINK_RENAMED);
        Set<Version> kept = new HashSet<>(Set.of(version));
        before.ifPresent(kept::add);
        running.ifPresent(kept::add);
        try {
            removeOthers(kept);
        } catch (IOException e) {
            log.warn("Older versions in {} could not be removed; they only take room", root, e);
        }
        interruption.after(Step.CLEANED);
    }

    private void removeOthers(Set<Version> kept) throws IOException {
        List<Path> all;
        try (Stream<Path> folders = Files.list(root.resolve(VERSIONS))) {
            all = folders.toList();
        }
        for (Path folder : all) {
            String name = folder.getFileName().toString();
            boolean other = Version.find(name)
                    .filter(version -> !kept.contains(version))
                    .isPresent();
            if (!other && !name.startsWith(UNFINISHED)) continue;
            // Without its name first, so that half of it is never taken for a whole version.
            Path going = name.startsWith(UNFINISHED) ? folder : folder.resolveSibling(UNFINISHED + name);
            if (other) {
                delete(going);
                Files.move(folder, going);
            }
            delete(going);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
                if (failure != null) throw failure;
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
