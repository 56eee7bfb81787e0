package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a download has room on the disk, with a twentieth to spare. */
final class DiskRoom {
    private static final long SPARE_PART = 20;

    /** When less is left, a write that failed did so because the disk is full. */
    private static final long NOTHING_LEFT_BYTES = 1 << 20;

    private final Disk disk;

    DiskRoom(Disk disk) {
        this.disk = disk;
    }

    /**
     * A sentence with the figures when there is too little.
     *
     * @param restBytes still to be written
     */
    Optional<String> shortage(Path folder, long restBytes) throws IOException {
        long needed = restBytes + restBytes / SPARE_PART;
        long free = disk.freeBytes(existing(folder));
        return free >= needed ? Optional.empty() : Optional.of(sentence(folder, needed, free));
    }

    /** The same after a write that failed; nothing when the disk is not what was wrong. */
    Optional<String> shortageAfter(IOException failure, Path folder, long restBytes) throws IOException {
        long free = disk.freeBytes(existing(folder));
        if (free > NOTHING_LEFT_BYTES && free >= restBytes && !saysFull(failure)) return Optional.empty();
        return Optional.of(sentence(folder, restBytes + restBytes / SPARE_PART, free));
    }

    private static String sentence(Path folder, long needed, long free) {
        return "Not enough free disk: needs " + ByteSize.inWords(needed) + " more, has " + ByteSize.inWords(free)
                + " in " + folder + ". Free some space or choose another folder, then resume; what was received"
                + " is kept.";
    }

    /** A quota is full before the disk is; the systems say so in words only. */
    private static boolean saysFull(IOException failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(java.util.Locale.ROOT);
        return words.contains("no space") || words.contains("quota") || words.contains("not enough space");
    }

    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
        return at;
    }
}
