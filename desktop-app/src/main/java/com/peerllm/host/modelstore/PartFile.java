package com.peerllm.host.modelstore;

import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file that is received in part, {@code NAME.gguf.part}, with its note {@code NAME.gguf.part.json}.
 *
 * <p>The note counts only bytes that were forced to disk before it was written, so that after a power cut nothing is gone on
 * with that the disk never had. For one thread.
 */
final class PartFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PartFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long NOTE_EACH_BYTES = 64L << 20;
    private static final long NOTE_EACH_NANOS = 3_000_000_000L;

    private final Path target;
    private final FileChannel channel;
    private final Disk disk;
    private final PartialHash hash;
    private PartNote note;
    private long length;
    private long notedAtNanos = System.nanoTime();

    private PartFile(Path target, FileChannel channel, PartNote note, Disk disk, PartialHash hash) {
        this.target = target;
        this.channel = channel;
        this.note = note;
        this.length = note.received();
        this.disk = disk;
        this.hash = hash;
    }

    /**
     * Opens what is there, or begins. Bytes that the note does not count are cut off; a part of something else is kept under
     * another name.
     *
     * @param hash of what this program wrote into it before
     */
    static PartFile open(
            Path target, URI source, OptionalLong size, Optional<ModelDigest> wanted, Disk disk, PartialHash hash)
            throws IOException {
        Optional<PartNote> found = note(target);
        boolean ours = found.filter(old -> old.fits(source, wanted)).isPresent();
        if (!ours && hasBytes(target)) {
            setAside(target);
            found = Optional.empty();
        }
        PartNote note = found.map(old -> old.of(source, size.isPresent() ? size : old.sizeBytes(), wanted))
                .orElse(PartNote.empty(source, size, wanted));
        Path part = part(target);
        FileChannel channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.file(part));
        try {
            long usable = Math.min(note.received(), channel.size());
            channel.truncate(usable).position(usable);
            hash.at(usable);
            PartFile opened = new PartFile(target, channel, note.received(usable), disk, hash);
            // A part without a note is nobody's: it is there before the first byte.
            if (found.isEmpty()) opened.writeNote();
            return opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    private static Path notePath(Path target) {
        return target.resolveSibling(target.getFileName() + ".part.json");
    }

    static boolean exists(Path target) {
        return Files.exists(part(target));
    }

    /** Bytes that are there for certain; 0 when there is no part or its note cannot be understood. */
    static long receivedBytes(Path target) {
        return exists(target) ? note(target).map(PartNote::received).orElse(0L) : 0;
    }

    private static boolean hasBytes(Path target) throws IOException {
        return exists(target) && Files.size(part(target)) > 0;
    }

    static void delete(Path target) throws IOException {
        Files.deleteIfExists(part(target));
        Files.deleteIfExists(notePath(target));
    }

    private static void setAside(Path target) throws IOException {
        Path part = part(target);
        Path aside = part;
        for (int n = 1; Files.exists(aside); n++) aside = part.resolveSibling(part.getFileName() + ".other-" + n);
        log.warn("{} belongs to another download; kept as {}", part.getFileName(), aside.getFileName());
        if (Files.exists(part)) Files.move(part, aside);
        Files.deleteIfExists(notePath(target));
    }

    private static Optional<PartNote> note(Path target) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(notePath(target)), PartNote.class));
        } catch (IOException | JacksonException e) {
            log.debug("No note beside {}", target.getFileName(), e);
            return Optional.empty();
        }
    }

    long length() {
        return length;
    }

    PartNote note() {
        return note;
    }

    /** What the source says of the file that is being received. */
    void tell(Optional<String> etag, OptionalLong size) throws IOException {
        PartNote next = new PartNote(note.url(), etag, size, note.sha256(), note.received());
        if (next.equals(note)) return;
        note = next;
        writeNote();
    }

    void startAnew() throws IOException {
        channel.truncate(0).position(0);
        length = 0;
        hash.at(0);
        note = PartNote.empty(note.url(), note.sizeBytes(), note.sha256());
        writeNote();
    }

    void write(ByteBuffer bytes) throws IOException {
        ByteBuffer again = bytes.duplicate();
        try {
            disk.write(channel, bytes);
        } finally {
            length = channel.position();
            hash.add(again.limit(bytes.position()));
        }
        boolean due =
                length - note.received() >= NOTE_EACH_BYTES || System.nanoTime() - notedAtNanos >= NOTE_EACH_NANOS;
        if (due) force();
    }

    /** All that was written is on the disk, and the note says so. */
    void force() throws IOException {
        channel.force(true);
        note = note.received(length);
        writeNote();
    }

    private void writeNote() throws IOException {
        notedAtNanos = System.nanoTime();
        AtomicFile.write(notePath(target), JSON.writeValueAsBytes(note));
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (length != note.received()) force();
        }
    }
}
