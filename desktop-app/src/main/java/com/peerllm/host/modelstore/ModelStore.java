package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.host.storage.ModelRow;
import com.peerllm.host.storage.ModelTable;
import com.peerllm.shared.gguf.GgufException;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.gguf.GgufReader;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The models of this host: what it made, what a person imported, and whether the files are still what they were. */
public final class ModelStore {
    private final ModelsFolder folder;
    private final ModelTable table;
    private final ModelImport imports;
    private final InstantSource clock;

    public ModelStore(ModelsFolder folder, ModelTable table, InstantSource clock) {
        this.folder = folder;
        this.table = table;
        this.clock = clock;
        this.imports = new ModelImport(folder, table, clock);
    }

    public List<StoredModel> list() {
        return table.all().stream().map(ModelStore::stored).toList();
    }

    /**
     * Takes a GGUF file in. It stays where it is, unless a copy is asked for; a file that is known already is not read again.
     *
     * @throws HostException {@code BAD_MODEL} when the file is not a model that can be served
     * @throws java.util.concurrent.CancellationException when it is cancelled; nothing is left behind
     */
    public StoredModel importFile(Path file, boolean copy, HashProgress progress, Cancellation cancellation) {
        Path absolute = file.toAbsolutePath().normalize();
        Optional<ModelRow> known = table.at(absolute);
        if (known.isPresent() && !copy && presence(known.get()) == StoredModel.Presence.PRESENT) {
            return stored(known.get());
        }
        facts(absolute);
        return stored(imports.take(absolute, copy, progress, cancellation));
    }

    /** The model that comes with the program; written into the data folder at first use. */
    public StoredModel starter() {
        byte[] content = StarterModel.bytes();
        ModelDigest digest = ModelDigest.of(Sha256.of(content));
        Optional<ModelRow> known = table.of(digest);
        if (known.isPresent() && presence(known.get()) == StoredModel.Presence.PRESENT) return stored(known.get());
        Path file = folder.standard().resolve(StarterModel.NAME + ".gguf");
        try {
            OwnerOnly.createFolder(folder.standard());
            AtomicFile.write(file, content);
            long modified = Files.getLastModifiedTime(file).toMillis();
            table.put(new ModelRow(digest, StarterModel.NAME, file, content.length, modified, true, clock.millis()));
        } catch (IOException e) {
            throw ModelImport.unwritable(folder.standard(), e);
        }
        return stored(table.of(digest).orElseThrow());
    }

    /** A model of this content whose file is there, unchanged. */
    Optional<StoredModel> present(ModelDigest digest) {
        return table.of(digest)
                .map(ModelStore::stored)
                .filter(model -> model.presence() == StoredModel.Presence.PRESENT);
    }

    /** Whether a model has this name and other content. */
    boolean isTaken(String name, Optional<ModelDigest> digest) {
        return table.named(name)
                .filter(row -> !Optional.of(row.digest()).equals(digest))
                .isPresent();
    }

    /**
     * Takes a whole file that this program received and whose digest it has proven. It gets its name in the folder it is in.
     *
     * @throws HostException {@code BAD_MODEL} when it is no model that can be served; it stays as it is
     */
    StoredModel takeProven(Path file, String name, ModelDigest digest) {
        facts(file);
        return stored(imports.takeProven(file, name, digest));
    }

    /** @param wanted a name, or the path of a file, which is imported where it lies */
    public StoredModel find(String wanted, HashProgress progress, Cancellation cancellation) {
        Optional<ModelRow> named = named(wanted);
        if (named.isPresent()) return stored(named.get());
        return importFile(file(wanted), false, progress, cancellation);
    }

    /** Where the file of a model is that {@link #find} would find; it is not read. */
    public Path locate(String wanted) {
        return named(wanted).map(ModelRow::path).orElseGet(() -> file(wanted));
    }

    private Optional<ModelRow> named(String wanted) {
        Optional<ModelRow> named = table.named(wanted);
        if (named.isPresent() || !wanted.equals(StarterModel.NAME)) return named;
        return table.of(starter().digest());
    }

    private static Path file(String wanted) {
        Path file = Path.of(wanted);
        if (Files.exists(file)) return file;
        throw new HostException(
                Problem.BAD_MODEL,
                "There is no model named \"" + wanted
                        + "\" and no file of that name. `peerllm host models list` shows the"
                        + " models there are; `peerllm host models import FILE` adds one.");
    }

    /** Makes sure that the file is there and is what it was; one that changed is read again. */
    public CheckedModel check(StoredModel model, HashProgress progress, Cancellation cancellation) {
        if (model.presence() == StoredModel.Presence.MISSING) {
            throw new HostException(
                    Problem.BAD_MODEL,
                    "The file of model " + model.name() + " is gone from " + model.path()
                            + ". Put it back, or import it from its new place.");
        }
        GgufFacts facts = facts(model.path());
        if (model.presence() == StoredModel.Presence.PRESENT) return new CheckedModel(model, facts);
        return new CheckedModel(stored(imports.takeAgain(model, progress, cancellation)), facts);
    }

    /** Forgets a model, and deletes the file if this program made it. */
    public StoredModel delete(String name) {
        StoredModel model = table.named(name)
                .map(ModelStore::stored)
                .orElseThrow(() -> new HostException(
                        Problem.BAD_MODEL,
                        "There is no model named \"" + name + "\". `peerllm host models list` shows the models there"
                                + " are."));
        try {
            if (model.madeHere()) Files.deleteIfExists(model.path());
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The file " + model.path() + " could not be deleted. Check its permissions.",
                    e);
        }
        table.delete(model.digest());
        return model;
    }

    /** Reads what a file says of itself, without its weights. */
    public static GgufFacts facts(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new HostException(Problem.BAD_MODEL, "There is no model file at " + file + ". Check the path.");
        }
        try {
            return GgufReader.read(file);
        } catch (GgufException e) {
            throw new HostException(
                    Problem.BAD_MODEL, "The model file " + file + " cannot be used. " + e.getMessage(), e);
        }
    }

    private static StoredModel stored(ModelRow row) {
        return new StoredModel(row.name(), row.digest(), row.path(), row.sizeBytes(), row.madeHere(), presence(row));
    }

    private static StoredModel.Presence presence(ModelRow row) {
        try {
            boolean same = Files.size(row.path()) == row.sizeBytes()
                    && Files.getLastModifiedTime(row.path()).toMillis() == row.modifiedMillis();
            return same ? StoredModel.Presence.PRESENT : StoredModel.Presence.CHANGED;
        } catch (IOException missing) {
            return StoredModel.Presence.MISSING;
        }
    }
}
