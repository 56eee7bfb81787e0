package com.peerllm.orchestrator.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the change log of an embedded database while changes are added to it. Its files only grow at their end, so a copy is the
 * log as it stood at some moment, and the tables can be made from it.
 */
public final class JournalCopy {
    private final Path journal;

    /** @param dataFolder of the orchestrator */
    public JournalCopy(Path dataFolder) {
        journal = dataFolder.resolve("journal");
    }

    /**
     * Copies it, forces the copy to the disk and reads all of it again.
     *
     * @param dataFolder which has no change log yet
     * @return number of the last change in the copy
     * @throws StorageException when the log is damaged, or does not have everything from the first change on
     */
    public long to(Path dataFolder) throws IOException {
        List<Path> files = files();
        if (files.isEmpty() || !files.getFirst().equals(LogSegment.fileOf(journal, 1))) {
            throw new StorageException(
                    StorageException.Code.DAMAGED,
                    "There is no journal from the first change on in " + journal
                            + ", so a backup of a running orchestrator cannot be made. Stop it and copy the whole folder.");
        }
        Path target = Files.createDirectories(dataFolder.resolve("journal"));
        long last = 0;
        for (Path file : files) {
            LogSegment copy = new LogSegment(Files.copy(file, target.resolve(file.getFileName())));
            boolean isLast = file.equals(files.getLast());
            LogSegment.Extent whole = copy.read(record -> {});
            if (copy.firstNumber() != last + 1 || !isLast && whole.brokenAfter()) throw copy.damaged(last + 1);
            finish(target.resolve(file.getFileName()), whole);
            last = whole.lastNumber();
        }
        return last;
    }

    /** Cuts off the change that was being written when it was copied. */
    private static void finish(Path copy, LogSegment.Extent whole) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.truncate(whole.bytes());
            channel.force(true);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(journal)) return List.of();
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(LogSegment::isOne).sorted().toList();
        }
    }
}
