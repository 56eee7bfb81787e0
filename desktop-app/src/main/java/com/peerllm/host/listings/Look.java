package com.peerllm.host.listings;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.gguf.GgufException;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.GgufReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a first look at a file or a folder tells of it: size, and for a model what its header says of itself.
 *
 * @param title the name in a model's header
 * @param licence the licence in a model's header; a stranger's word
 */
public record Look(Offering offering, Optional<String> title, Optional<String> licence) {
    /** More files are better sold as an archive; and the walk must end. */
    static final long MOST_FILES = 100_000;

    private static final int DEEPEST = 64;

    /**
     * Looks at a GGUF file or walks through a folder. Links are not followed, so that nothing outside is sold by mistake.
     *
     * @throws HostException when it cannot be offered, with what to do
     * @throws java.util.concurrent.CancellationException when it is cancelled
     */
    public static Look at(Path path, Cancellation cancellation) {
        try {
            if (Files.isDirectory(path)) return folder(path, cancellation);
            if (Files.isRegularFile(path)) return model(path);
            throw refused("There is no file or folder at " + path + ". Check the path.", null);
        } catch (IOException e) {
            throw refused(path + " cannot be read. Check its permissions and the disk.", e);
        }
    }

    private static Look model(Path file) throws IOException {
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gguf")) {
            throw refused(
                    file.getFileName() + " is not a GGUF file. Choose a model in GGUF form, or a folder of data.",
                    null);
        }
        try {
            GgufFacts facts = GgufReader.read(file);
            Offering offering = new Offering(Offering.Kind.MODEL, file, 1, Files.size(file));
            return new Look(offering, facts.name(), facts.license());
        } catch (GgufException e) {
            throw refused("The model file " + file.getFileName() + " cannot be offered. " + e.getMessage(), e);
        }
    }

    private static Look folder(Path folder, Cancellation cancellation) throws IOException {
        Count count = new Count(cancellation);
        Files.walkFileTree(folder, Set.of(), DEEPEST, count);
        if (count.files == 0) throw refused("There is no file in " + folder + ". Choose a folder with data.", null);
        return new Look(
                new Offering(Offering.Kind.DATA, folder, count.files, count.bytes), Optional.empty(), Optional.empty());
    }

    private static HostException refused(String sentence, Exception cause) {
        return new HostException(Problem.USAGE, sentence, cause);
    }

    /** Counts ordinary files; one that cannot be read ends the walk, because it could not be sold either. */
    private static final class Count extends SimpleFileVisitor<Path> {
        private final Cancellation cancellation;
        private long files;
        private long bytes;

        Count(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            cancellation.check();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            cancellation.check();
            if (attributes.isDirectory()) throw refused("The folder is nested too deeply. Flatten it first.", null);
            if (!attributes.isRegularFile()) return FileVisitResult.CONTINUE;
            files++;
            bytes += attributes.size();
            if (files > MOST_FILES) {
                throw refused(
                        "The folder has more than " + MOST_FILES + " files (" + ByteSize.inWords(bytes)
                                + " so far). Pack them into fewer files first.",
                        null);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
