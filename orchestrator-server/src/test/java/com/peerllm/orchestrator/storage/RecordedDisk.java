package com.peerllm.orchestrator.storage;

import com.peerllm.orchestrator.storage.DatabaseAddress.Embedded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that writes down all that H2 and the change log do to it, step by step, so that what a power cut would have left
 * after any step can be laid out elsewhere.
 */
public final class RecordedDisk {
    private static final int SECTOR = 512;
    private static final int LOG_FILE_BYTES = 6_000;
    /** H2 makes its files itself, so it finds the recording here. */
    private static final AtomicReference<RecordedDisk> CURRENT = new AtomicReference<>();

    private final Path folder;
    private final List<Step> steps = new ArrayList<>();
    /** Who holds it lets nobody write. */
    public final ReentrantLock gate = new ReentrantLock();

    /** One thing that was done to a file of the folder. */
    public sealed interface Step {
        String file();

        /** True of what a power cut can leave half done. */
        default boolean isWrite() {
            return this instanceof Wrote;
        }
    }

    private record Wrote(String file, long position, byte[] bytes) implements Step {}

    private record Cut(String file, long size) implements Step {}

    private record Forced(String file) implements Step {}

    private record Deleted(String file) implements Step {}

    /** What of the writes that nobody forced is still there after the power cut. */
    public enum Left {
        /** Nothing: the worst that an honest disk may do. */
        NOTHING,
        /** Everything, as when only the process ends. */
        EVERYTHING,
        /** The first of them, up to a point by chance. */
        BEGINNING,
        /** Any of their sectors, by chance. */
        SECTORS
    }

    /** @param folder what is there now is taken for forced */
    public RecordedDisk(Path folder) {
        this.folder = folder;
    }

    public Database open() {
        CURRENT.set(this);
        FilePath.register(new RecordedFile());
        Disk disk = new Disk(
                "jdbc:h2:recorded:",
                file -> new Channel(
                        this,
                        folder.relativize(file).toString(),
                        Disk.REAL.log().open(file)),
                LOG_FILE_BYTES);
        return Database.open(new Embedded(folder), disk);
    }

    private synchronized void add(Step step) {
        steps.add(step);
    }

    /** How many steps there were until now. */
    public synchronized int steps() {
        return steps.size();
    }

    public synchronized Step step(int index) {
        return steps.get(index);
    }

    /**
     * Lays out the folder as it was when the power went after so many steps.
     *
     * @param start the files at the first step
     * @param log what is left of the change log, and {@code h2} of H2's file
     */
    public void leave(int steps, Map<String, byte[]> start, Left log, Left h2, RandomGenerator chance, Path target)
            throws IOException {
        Map<String, byte[]> forced = new TreeMap<>(start);
        Map<String, List<Step>> unforced = new HashMap<>();
        for (int i = 0; i < steps; i++) {
            Step step = step(i);
            List<Step> waiting = unforced.computeIfAbsent(step.file(), any -> new ArrayList<>());
            if (step instanceof Forced) {
                forced.put(step.file(), after(forced.get(step.file()), waiting));
                waiting.clear();
            } else {
                waiting.add(step);
            }
        }
        unforced.forEach((file, waiting) -> {
            Left left = file.endsWith(".log") ? log : h2;
            forced.put(file, after(forced.get(file), survivors(waiting, left, chance)));
        });
        for (Map.Entry<String, byte[]> file : forced.entrySet()) {
            if (file.getValue() == null) continue;
            Path place = target.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
    }

    private static List<Step> survivors(List<Step> waiting, Left left, RandomGenerator chance) {
        return switch (left) {
            // A file that was made and never forced may be there, empty.
            case NOTHING -> List.of();
            case EVERYTHING -> waiting;
            case BEGINNING -> beginning(waiting, chance);
            case SECTORS -> sectors(waiting, chance);
        };
    }

    private static List<Step> beginning(List<Step> waiting, RandomGenerator chance) {
        if (waiting.isEmpty()) return waiting;
        int whole = chance.nextInt(waiting.size());
        List<Step> left = new ArrayList<>(waiting.subList(0, whole));
        if (waiting.get(whole) instanceof Wrote(String file, long position, byte[] bytes)) {
            left.add(new Wrote(file, position, Arrays.copyOf(bytes, chance.nextInt(bytes.length + 1))));
        }
        return left;
    }

    private static List<Step> sectors(List<Step> waiting, RandomGenerator chance) {
        List<Step> left = new ArrayList<>();
        for (Step step : waiting) {
            if (!(step instanceof Wrote(String file, long position, byte[] bytes))) {
                left.add(step);
                continue;
            }
            int from = 0;
            while (from < bytes.length) {
                int end = (int) Math.min(bytes.length, from + SECTOR - (position + from) % SECTOR);
                if (chance.nextBoolean()) {
                    left.add(new Wrote(file, position + from, Arrays.copyOfRange(bytes, from, end)));
                }
                from = end;
            }
        }
        return left;
    }

    /** A file's bytes after these steps; null for no file. */
    private static byte[] after(byte[] before, List<Step> steps) {
        byte[] bytes = before;
        for (Step step : steps) {
            bytes = switch (step) {
                case Wrote(String file, long position, byte[] written) -> written(bytes, (int) position, written);
                case Cut(String file, long size) -> Arrays.copyOf(bytes == null ? new byte[0] : bytes, (int) size);
                case Deleted deleted -> null;
                case Forced any -> throw new IllegalStateException("forced steps are not kept");
            };
        }
        return bytes;
    }

    private static byte[] written(byte[] before, int position, byte[] written) {
        byte[] bytes = before == null ? new byte[0] : before;
        byte[] result = Arrays.copyOf(bytes, Math.max(bytes.length, position + written.length));
        System.arraycopy(written, 0, result, position, written.length);
        return result;
    }

    /** H2's way to the recording; H2 makes it itself. */
    public static final class RecordedFile extends FilePathWrapper {
        @Override
        public String getScheme() {
            return "recorded";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new Channel(CURRENT.get(), file(), getBase().open(mode));
        }

        @Override
        public void delete() {
            CURRENT.get().add(new Deleted(file()));
            super.delete();
        }

        private String file() {
            return CURRENT.get()
                    .folder
                    .relativize(Path.of(getBase().toString()))
                    .toString();
        }
    }

    private static final class Channel extends FileBase {
        private final RecordedDisk recording;
        private final String file;
        private final FileChannel disk;

        Channel(RecordedDisk recording, String file, FileChannel disk) {
            this.recording = recording;
            this.file = file;
            this.disk = disk;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return write(source, disk.position());
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            recording.gate.lock();
            try {
                recording.add(new Wrote(file, position, bytes));
                return disk.write(source, position);
            } finally {
                recording.gate.unlock();
            }
        }

        /** Nothing is forced in truth: the power stays on. */
        @Override
        public void force(boolean metaData) {
            recording.add(new Forced(file));
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
            recording.add(new Cut(file, size));
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
