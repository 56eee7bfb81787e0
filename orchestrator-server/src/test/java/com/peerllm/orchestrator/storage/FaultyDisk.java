package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that can be full, for H2 and for the change log. Beside each file of the log it keeps another, {@code .forced},
 * with what a power cut would leave.
 */
public final class FaultyDisk extends FilePathWrapper {
    /** Writing stops in the middle. H2 makes these objects itself, so what they share stands here. */
    public static final AtomicBoolean FULL = new AtomicBoolean();

    /** How often H2 found the disk full. */
    public static final AtomicInteger H2_REFUSED = new AtomicInteger();

    private static final long LOG_FILE_BYTES = 5_000;

    public static Database open(Path folder) {
        FilePath.register(new FaultyDisk());
        Disk disk = new Disk(
                "jdbc:h2:faulty:",
                file -> new Channel(Disk.REAL.log().open(file), () -> keep(file), () -> {}),
                LOG_FILE_BYTES);
        return Database.open(new Embedded(folder), disk);
    }

    private static void keep(Path file) throws IOException {
        Files.copy(file, forced(file), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is left of this file of the log when the power is cut now. */
    static Path forced(Path file) {
        return file.resolveSibling(file.getFileName() + ".forced");
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode), () -> {}, H2_REFUSED::incrementAndGet);
    }

    private interface AfterForce {
        void run() throws IOException;
    }

    private static final class Channel extends FileBase {
        private final FileChannel disk;
        private final AfterForce afterForce;
        private final Runnable onRefusal;

        Channel(FileChannel disk, AfterForce afterForce, Runnable onRefusal) {
            this.disk = disk;
            this.afterForce = afterForce;
            this.onRefusal = onRefusal;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            requireRoom(source, disk.position());
            return disk.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            requireRoom(source, position);
            return disk.write(source, position);
        }

        private void requireRoom(ByteBuffer source, long position) throws IOException {
            if (!FULL.get()) return;
            onRefusal.run();
            disk.write(source.duplicate().limit(source.position() + source.remaining() / 2), position);
            throw new IOException("No space left on device");
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.force(metaData);
            afterForce.run();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return disk.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return disk.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return disk.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            disk.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            disk.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return disk.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }
    }
}
