package com.peerllm.desktop.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The model files among what a person dropped, chose or named: files by their ending, and those in folders.
 *
 * <p>Bounded, so that a dropped disk is not read to its end: at most {@link #MOST_FILES} models, {@link #MOST_LOOKED_AT}
 * entries and {@link #DEPTH} folders deep. Links to folders are not followed.
 *
 * @param models without those named twice
 * @param wrong files that are no models, and what does not exist
 * @param emptyFolders folders without a model
 * @param more whether there may be models that were not looked at
 */
record FoundFiles(List<ModelFile> models, List<Path> wrong, List<Path> emptyFolders, boolean more) {
    /** @param bytes 0 when it cannot be told, which is said when it is taken in */
    record ModelFile(Path path, long bytes) {}

    static final int MOST_FILES = 100;
    static final int MOST_LOOKED_AT = 20_000;
    static final int DEPTH = 6;
    private static final String ENDING = ".gguf";

    static boolean isModelFile(Path path) {
        return path.getFileName() != null
                && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING)
                && !Files.isDirectory(path);
    }

    /** Reads folders: not for the thread of the screens. */
    static FoundFiles among(List<Path> given) {
        Set<Path> models = new LinkedHashSet<>();
        List<Path> wrong = new ArrayList<>();
        List<Path> empty = new ArrayList<>();
        boolean more = false;
        for (Path each : given) {
            Path path = each.toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                List<Path> inside = inside(path);
                more |= inside.size() > MOST_FILES;
                if (inside.isEmpty()) empty.add(path);
                models.addAll(inside);
            } else if (isModelFile(path) && Files.isRegularFile(path)) {
                models.add(path);
            } else {
                wrong.add(path);
            }
        }
        List<ModelFile> bounded = models.stream()
                .limit(MOST_FILES)
                .map(path -> new ModelFile(path, size(path)))
                .toList();
        return new FoundFiles(bounded, List.copyOf(wrong), List.copyOf(empty), more || models.size() > MOST_FILES);
    }

    /** One more than are taken, when there are more. */
    private static List<Path> inside(Path folder) {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.limit(MOST_LOOKED_AT)
                    .filter(FoundFiles::isModelFile)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            // A folder inside that may not be read: what is wanted from there can be dropped by itself.
            return direct(folder);
        }
    }

    private static List<Path> direct(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_LOOKED_AT)
                    .filter(FoundFiles::isModelFile)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }
}
