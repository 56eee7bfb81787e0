package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.storage.ModelRow;
import com.peerllm.host.storage.ModelTable;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Brings one file into the store: its digest is computed, and it is copied when asked, complete or not at all. */
final class ModelImport {
    private static final int DIGITS_IN_NAME = 6;

    private final ModelsFolder folder;
    private final ModelTable table;
    private final InstantSource clock;

    ModelImport(ModelsFolder folder, ModelTable table, InstantSource clock) {
        this.folder = folder;
        this.table = table;
        this.clock = clock;
    }

    ModelRow take(Path file, boolean copy, HashProgress progress, Cancellation cancellation) {
        String slug = ModelId.slug(file.getFileName().toString());
        try {
            return copy ? copied(file, slug, progress, cancellation) : referenced(file, slug, progress, cancellation);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The same model's file has other content now: it keeps its name. */
    ModelRow takeAgain(StoredModel model, HashProgress progress, Cancellation cancellation) {
        try {
            Stamp stamp = Stamp.of(model.path());
            ModelDigest digest = FileDigest.of(model.path(), Optional.empty(), progress, cancellation);
            stamp.checkUnchanged(model.path());
            return put(digest, model.name(), model.path(), stamp, model.madeHere());
        } catch (IOException e) {
            throw unreadable(model.path(), e);
        }
    }

    private ModelRow referenced(Path file, String slug, HashProgress progress, Cancellation cancellation)
            throws IOException {
        Stamp stamp = Stamp.of(file);
        ModelDigest digest = FileDigest.of(file, Optional.empty(), progress, cancellation);
        stamp.checkUnchanged(file);
        Optional<ModelRow> known = usable(digest);
        return known.isPresent() ? known.get() : put(digest, freeName(slug, digest), file, stamp, false);
    }

    private ModelRow copied(Path file, String slug, HashProgress progress, Cancellation cancellation)
            throws IOException {
        Stamp stamp = Stamp.of(file);
        Path models = folder.ready();
        checkSpace(models, stamp.sizeBytes());
        // Not the name that a download in progress has.
        Path part = models.resolve(slug + ".gguf.copy");
        Files.deleteIfExists(part);
        try {
            ModelDigest digest;
            try (FileChannel out = AtomicFile.create(part)) {
                digest = FileDigest.of(file, Optional.of(out), progress, cancellation);
                out.force(true);
            }
            stamp.checkUnchanged(file);
            Optional<ModelRow> known = usable(digest);
            if (known.isPresent() && known.get().madeHere()) return known.get();
            String name = freeName(slug, digest);
            Path target = models.resolve(name + ".gguf");
            AtomicFile.moveInto(target, part);
            return put(digest, name, target, Stamp.of(target), true);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Takes a whole file whose digest is proven and that this program received; it gets its name in the same folder. */
    ModelRow takeProven(Path file, String name, ModelDigest digest) {
        String free = freeName(name, digest);
        Path target = file.resolveSibling(free + ".gguf");
        try {
            boolean othersFile = !target.equals(file) && Files.exists(target);
            if (othersFile) target = file.resolveSibling(marked(name, digest) + ".gguf");
            if (!target.equals(file)) AtomicFile.moveInto(target, file);
            return put(digest, free, target, Stamp.of(target), true);
        } catch (IOException e) {
            throw unwritable(file.getParent(), e);
        }
    }

    /** The same content under another path is the same model, as long as that file is there. */
    private Optional<ModelRow> usable(ModelDigest digest) throws IOException {
        Optional<ModelRow> row = table.of(digest);
        if (row.isEmpty() || !Files.exists(row.get().path())) return Optional.empty();
        Stamp now = Stamp.of(row.get().path());
        Stamp then = new Stamp(row.get().sizeBytes(), row.get().modifiedMillis());
        return now.equals(then) ? row : Optional.empty();
    }

    private String freeName(String slug, ModelDigest digest) {
        Optional<ModelRow> taken = table.named(slug);
        boolean free = taken.isEmpty() || taken.get().digest().equals(digest);
        return free ? slug : marked(slug, digest);
    }

    private static String marked(String slug, ModelDigest digest) {
        return slug + "-" + digest.hex().substring(0, DIGITS_IN_NAME);
    }

    private ModelRow put(ModelDigest digest, String name, Path path, Stamp stamp, boolean madeHere) {
        ModelRow row =
                new ModelRow(digest, name, path, stamp.sizeBytes(), stamp.modifiedMillis(), madeHere, clock.millis());
        table.put(row);
        return row;
    }

    private void checkSpace(Path models, long neededBytes) throws IOException {
        long free = Files.getFileStore(models).getUsableSpace();
        if (free >= neededBytes) return;
        throw new HostException(
                Problem.BAD_MODEL,
                "Not enough free disk for a copy: needs " + ByteSize.inWords(neededBytes) + ", has "
                        + ByteSize.inWords(free)
                        + ". Free some space, or import the file where it lies, without --copy.");
    }

    private static HostException unreadable(Path file, IOException e) {
        return new HostException(
                Problem.BAD_MODEL,
                "The model file " + file + " could not be read or copied. Check its permissions and the free disk"
                        + " space.",
                e);
    }

    static HostException unwritable(Path folder, IOException e) {
        return new HostException(
                Problem.DATA_FOLDER_BROKEN,
                "The model folder " + folder + " cannot be written. Check its permissions and the free disk space.",
                e);
    }

    /** What tells that a file was not touched. */
    private record Stamp(long sizeBytes, long modifiedMillis) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.size(file), Files.getLastModifiedTime(file).toMillis());
        }

        void checkUnchanged(Path file) throws IOException {
            if (of(file).equals(this)) return;
            throw new HostException(
                    Problem.BAD_MODEL,
                    "The model file " + file + " changed while it was read. Wait until it is complete and try again.");
        }
    }
}
