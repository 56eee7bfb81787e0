package com.peerllm.host.update;

import com.peerllm.host.kernel.Cancellation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks one folder of a {@code .tar.gz} with its links and the right to run. Nothing is written outside the folder that it
 * is unpacked to, whatever the archive says, and not more than a program can be.
 */
final class Unpacking {
    private static final int MOST_ENTRIES = 100_000;
    private static final long MOST_BYTES = 4L << 30;
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int MAY_RUN = 0100;

    private final String inside;
    private final Path to;
    private final Path real;
    private final Cancellation cancellation;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long entries;
    private long bytes;

    private Unpacking(String inside, Path to, Cancellation cancellation) throws IOException {
        this.inside = inside;
        this.to = to;
        real = to.toRealPath();
        this.cancellation = cancellation;
    }

    /**
     * @param inside the folder of the archive whose content is taken, such as {@code PeerLLM/versions/1.2.3/}
     * @param to an empty folder
     * @throws IOException when it cannot be written, is no such archive, or would write elsewhere
     */
    static void unpack(Path archive, String inside, Path to, Cancellation cancellation) throws IOException {
        Unpacking unpacking = new Unpacking(inside, to, cancellation);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, CHUNK_BYTES))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst("^\\./", "");
                if (name.startsWith(inside) && name.length() > inside.length())
                    unpacking.take(tar, entry, name.substring(inside.length()));
            }
        }
        if (unpacking.entries == 0) throw wrong(archive, "has no " + inside);
    }

    private void take(TarArchiveInputStream tar, TarArchiveEntry entry, String name) throws IOException {
        cancellation.check();
        if (++entries > MOST_ENTRIES) throw wrong(to, "has more files than a program can have");
        Path target = inside(name);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else {
            Files.createDirectories(target.getParent());
            if (!target.getParent().toRealPath().equals(real.resolve(to.relativize(target.getParent()))))
                throw wrong(target, "leads through a link to another folder");
            if (entry.isSymbolicLink()) link(target, entry.getLinkName());
            else if (entry.isLink()) again(target, entry.getLinkName());
            else if (entry.isFile()) {
                write(tar, target, (entry.getMode() & MAY_RUN) != 0);
                // The AOT cache of the new version holds only for jars with the dates that they were packed with.
                Files.setLastModifiedTime(target, entry.getLastModifiedTime());
            } else throw wrong(target, "is neither a file nor a folder");
        }
    }

    private Path inside(String name) throws IOException {
        Path target = to.resolve(name).normalize();
        boolean plain = target.startsWith(to) && !target.equals(to) && !name.contains("..") && !name.contains("\\");
        if (!plain) throw wrong(to, "has a file that would lie outside: " + name);
        return target;
    }

    /** A file with a second name: the same content once more, which must have come before. */
    private void again(Path target, String words) throws IOException {
        String name = words.replaceFirst("^\\./", "");
        if (!name.startsWith(inside)) throw wrong(target, "is a link to another folder: " + words);
        Path first = inside(name.substring(inside.length()));
        if (!Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS))
            throw wrong(target, "is a link to no file: " + words);
        Files.createLink(target, first);
    }

    /** Only upwards first: what is behind another link cannot be known from the words. */
    private void link(Path link, String words) throws IOException {
        Path target = Path.of(words);
        boolean upwardsFirst = words.matches("(\\.\\./)*[^/]+(/[^/]+)*")
                && !words.replaceFirst("^(\\.\\./)+", "").contains("..");
        boolean stays = !target.isAbsolute()
                && upwardsFirst
                && link.getParent().resolve(target).normalize().startsWith(to);
        if (!stays) throw wrong(link, "is a link to another folder: " + words);
        Files.createSymbolicLink(link, target);
    }

    private void write(InputStream in, Path target, boolean mayRun) throws IOException {
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                cancellation.check();
                bytes += read;
                if (bytes > MOST_BYTES) throw wrong(target, "is larger than a program can be");
                ByteBuffer rest = ByteBuffer.wrap(chunk, 0, read);
                while (rest.hasRemaining()) out.write(rest);
            }
            out.force(true);
        }
        if (target.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mayRun ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static FileSystemException wrong(Path file, String what) {
        return new FileSystemException(file.toString(), null, "The package " + what);
    }
}
