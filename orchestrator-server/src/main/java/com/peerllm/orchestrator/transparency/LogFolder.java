package com.peerllm.orchestrator.transparency;

import com.peerllm.orchestrator.transparency.Boundary.Step;
import com.peerllm.shared.transparency.EntryBundle;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import com.peerllm.shared.transparency.TileSource;
import com.peerllm.shared.transparency.Tiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The log's files, laid out as C2SP tlog-tiles wants them served, so that any web server can and any mirror can copy them: {@code
 * checkpoint}, {@code checkpoint.witnessed} and {@code tile/...}. Each is written beside its place, forced, and put there whole.
 */
final class LogFolder implements TileSource {
    static final String CHECKPOINT = "checkpoint";
    static final String WITNESSED = "checkpoint.witnessed";
    private static final String BEING_WRITTEN = ".new";
    private static final String PARTIAL = ".p";

    private final Path folder;
    private final Boundary boundary;
    /** Folders with names in them that may be lost in a power cut. */
    private final Set<Path> unforced = new HashSet<>();

    LogFolder(Path folder, Boundary boundary) {
        this.folder = folder;
        this.boundary = boundary;
    }

    /** This very file, for a partial tile too. */
    @Override
    public byte[] read(Tile tile) throws IOException {
        return Files.readAllBytes(file(tile));
    }

    boolean has(Tile tile) {
        return Files.exists(file(tile));
    }

    Path file(Tile tile) {
        return folder.resolve(tile.path());
    }

    /** Puts a tile there; it is safe from a power cut after {@link #force}. */
    void write(Tile tile, byte[] content) throws IOException {
        put(file(tile), content);
    }

    /** Forces the names of what was written. */
    void force() throws IOException {
        for (Path each : unforced) {
            boundary.before(Step.FORCE_FOLDER, each);
            if (boundary.forces()) forceFolder(each);
        }
        unforced.clear();
    }

    /** The note in a file; empty when there is none. */
    Optional<byte[]> note(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            if (Files.size(file) > SignedNote.MAX_BYTES) return Optional.of(new byte[0]);
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Puts a note there, forced, in the place of the one before. */
    void replace(String name, byte[] note) throws IOException {
        put(folder.resolve(name), note);
        force();
    }

    /** Moves a file that cannot be understood out of the way, to be looked at. */
    void setAside(String name) throws IOException {
        Path file = folder.resolve(name);
        boundary.before(Step.RENAME, file);
        Files.move(file, folder.resolve(name + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        unforced.add(folder);
        force();
    }

    void delete(Tile partial) throws IOException {
        Path file = file(partial);
        boundary.before(Step.DELETE, file);
        Files.deleteIfExists(file);
        removeIfEmpty(file.getParent());
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
            if (left.iterator().hasNext()) return;
        }
        Files.deleteIfExists(directory);
    }

    /**
     * Removes what a crash may have left at the growing edge of a log of this size: files that were being written, and partial
     * tiles that are no longer served.
     */
    void sweep(long size) throws IOException {
        Set<Path> kept = new HashSet<>();
        Tiles.partial(size).forEach(tile -> kept.add(file(tile)));
        sweep(folder, kept);
        for (int level = Tile.ENTRIES; level < 8; level++) {
            long last = Math.max(0, Tiles.hashes(level, size) - 1) / Tile.WIDTH;
            for (long index : new long[] {Math.max(0, last - 1), last, last + 1}) {
                sweep(file(new Tile(level, index, Tile.WIDTH)).getParent(), kept);
            }
        }
    }

    private void sweep(Path directory, Set<Path> kept) throws IOException {
        if (!Files.isDirectory(directory)) return;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(BEING_WRITTEN)) Files.deleteIfExists(file);
                if (name.endsWith(PARTIAL)) sweepPartial(file, kept);
            }
        }
    }

    private static void sweepPartial(Path directory, Set<Path> kept) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) if (!kept.contains(file)) Files.deleteIfExists(file);
        }
        removeIfEmpty(directory);
    }

    private void put(Path file, byte[] content) throws IOException {
        Path directory = file.getParent();
        if (!Files.isDirectory(directory)) make(directory);
        Path beside = directory.resolve(file.getFileName() + BEING_WRITTEN);
        boundary.before(Step.WRITE, file);
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) channel.write(rest);
            boundary.before(Step.FORCE, file);
            if (boundary.forces()) channel.force(true);
        }
        boundary.before(Step.RENAME, file);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        unforced.add(directory);
    }

    private void make(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path each = directory; !each.equals(folder); each = each.getParent()) unforced.add(each.getParent());
    }

    /** Windows cannot open a folder; there the file system keeps names in a log of its own. */
    private static void forceFolder(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            if (!Files.exists(directory) || java.io.File.separatorChar == '\\') return;
            throw e;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** The first entries or hashes of a tile that has more. */
    static byte[] cut(byte[] content, Tile from, Tile to) throws IOException {
        if (!to.isEntries()) return java.util.Arrays.copyOf(content, to.hashBytes());
        return EntryBundle.encode(EntryBundle.decode(content, from.width()).subList(0, to.width()));
    }
}
