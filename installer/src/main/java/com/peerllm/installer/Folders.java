package com.peerllm.installer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole folders: copied, emptied, dated. */
final class Folders {
    private Folders() {}

    /** An empty folder, whatever was there. */
    static Path fresh(Path folder) throws IOException {
        remove(folder);
        return Files.createDirectories(folder);
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.isSymbolicLink(each)) each.toFile().setWritable(true);
                Files.delete(each);
            }
        }
    }

    /** The files that are wanted, below the same folders. */
    static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.filter(Files::isRegularFile).filter(wanted).toList()) {
                Path target = to.resolve(from.relativize(each));
                Files.createDirectories(target.getParent());
                Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The libraries in these archives, side by side. */
    static void unpackLibraries(List<Path> jars, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path jar : jars) {
            try (FileSystem zip = FileSystems.newFileSystem(jar);
                    Stream<Path> all = Files.walk(zip.getPath("/"))) {
                for (Path each : all.filter(Folders::isLibrary).toList())
                    Files.copy(each, to.resolve(each.getFileName().toString()));
            }
        }
    }

    /** The files of one folder of an archive. */
    static void unpack(Path jar, String folder, Path to) throws IOException {
        Files.createDirectories(to);
        try (FileSystem zip = FileSystems.newFileSystem(jar);
                Stream<Path> all = Files.list(zip.getPath(folder))) {
            for (Path each : all.toList())
                Files.copy(each, to.resolve(each.getFileName().toString()));
        }
    }

    static boolean isLibrary(Path file) {
        return file.toString().matches(".*\\.(so|dll|dylib)");
    }

    /** Sorted by name. */
    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** Gives everything one date, so that two builds are the same. */
    static void date(Path folder, Instant date) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList())
                if (!Files.isSymbolicLink(each)) Files.setLastModifiedTime(each, FileTime.from(date));
        }
    }

    static long bytes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        }
    }
}
