package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.storage.DownloadRow;
import com.peerllm.host.storage.DownloadTable;
import com.peerllm.host.storage.ModelRow;
import com.peerllm.host.storage.ModelTable;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the model files that this program made to another folder. First every file stands in the new folder too, then each
 * model is told to be there, then the old files go: a crash at any moment leaves each model with a whole file. Models that a
 * person imported where they lie stay there.
 */
public final class ModelsMove {
    private static final Logger log = LoggerFactory.getLogger(ModelsMove.class);
    private static final long SPARE_PART = 20;

    private final ModelsFolder folder;
    private final ModelTable models;
    private final DownloadTable downloads;
    private final SettingsStore settings;
    private final Disk disk;

    public ModelsMove(
            ModelsFolder folder, ModelTable models, DownloadTable downloads, SettingsStore settings, Disk disk) {
        this.folder = folder;
        this.models = models;
        this.downloads = downloads;
        this.settings = settings;
        this.disk = disk;
    }

    /** One file, and where it stands until it has its name. */
    private record Moving(ModelRow model, Path target, Path beside) {}

    /**
     * Moves all of it, or nothing. No engine may use the files meanwhile.
     *
     * @param to is made when it is not there; the folder above it must be
     * @throws HostException with what to do; everything is as it was
     * @throws java.util.concurrent.CancellationException when it is cancelled; everything is as it was
     */
    public void move(Path to, HashProgress progress, Cancellation cancellation) {
        Path next = to.toAbsolutePath().normalize();
        Path old = folder.path();
        if (next.equals(old)) return;
        refuseWithDownloads();
        try {
            prepare(next);
            List<Moving> files = files(old, next);
            try {
                copy(files, next, progress, cancellation);
            } catch (IOException | RuntimeException e) {
                for (Moving file : files) Files.deleteIfExists(file.beside);
                throw e;
            }
            settle(files);
            remember(next);
            deleteOld(old, next);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The models could not be moved to " + next + ". Check its permissions and the free disk space; the"
                            + " models are where they were.",
                    e);
        }
    }

    private void refuseWithDownloads() {
        List<DownloadRow> begun = downloads.all().stream()
                .filter(row -> PartFile.exists(row.target()))
                .toList();
        if (begun.isEmpty()) return;
        throw wrong("A download is not finished (" + begun.getFirst().name()
                + "). Let it finish or cancel it, then move the folder.");
    }

    private static void prepare(Path next) throws IOException {
        if (Files.isDirectory(next)) return;
        if (!Files.isDirectory(next.getParent()))
            throw wrong("There is no folder " + next.getParent() + ". Connect its disk, or choose another folder.");
        OwnerOnly.createFolder(next);
    }

    private List<Moving> files(Path old, Path next) {
        List<Moving> files = models.all().stream()
                .filter(model -> model.madeHere() && old.equals(model.path().getParent()))
                .filter(model -> Files.isRegularFile(model.path()))
                .map(model -> moving(model, next))
                .toList();
        for (Moving file : files) {
            if (Files.exists(file.target))
                throw wrong("There is a file " + file.target + " already. Move it away, or choose another folder.");
        }
        return files;
    }

    private static Moving moving(ModelRow model, Path next) {
        Path target = next.resolve(model.path().getFileName());
        return new Moving(model, target, target.resolveSibling(target.getFileName() + ".moving"));
    }

    private void copy(List<Moving> files, Path next, HashProgress progress, Cancellation cancellation)
            throws IOException {
        long total = files.stream().mapToLong(file -> file.model.sizeBytes()).sum();
        long done = 0;
        boolean roomChecked = false;
        for (Moving file : files) {
            cancellation.check();
            Files.deleteIfExists(file.beside);
            if (!linked(file)) {
                if (!roomChecked) checkRoom(next, total - done);
                roomChecked = true;
                long before = done;
                copy(file, (here, _) -> progress.at(before + here, total), cancellation);
            }
            done += file.model.sizeBytes();
            progress.at(done, total);
        }
    }

    /** On the same disk a second name is enough. */
    private static boolean linked(Moving file) {
        try {
            Files.createLink(file.beside, file.model.path());
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("{} is copied: no link is possible", file.model.name(), e);
            return false;
        }
    }

    private static void copy(Moving file, HashProgress progress, Cancellation cancellation) throws IOException {
        try (FileChannel out = AtomicFile.create(file.beside)) {
            ModelDigest digest = FileDigest.of(file.model.path(), Optional.of(out), progress, cancellation);
            out.force(true);
            if (digest.equals(file.model.digest())) return;
        }
        throw wrong("The file of " + file.model.name() + " is not what it was when it came (" + file.model.path()
                + "). Delete or import it anew, then move the folder.");
    }

    private void checkRoom(Path next, long bytes) throws IOException {
        long needed = bytes + bytes / SPARE_PART;
        long free = disk.freeBytes(next);
        if (free >= needed) return;
        throw new HostException(
                Problem.DATA_FOLDER_BROKEN,
                "Not enough free disk in " + next + ": needs " + ByteSize.inWords(needed) + ", has "
                        + ByteSize.inWords(free) + ". Free some space or choose another folder.");
    }

    private void settle(List<Moving> files) throws IOException {
        for (Moving file : files) {
            AtomicFile.moveInto(file.target, file.beside);
            ModelRow was = file.model;
            models.put(new ModelRow(
                    was.digest(),
                    was.name(),
                    file.target,
                    was.sizeBytes(),
                    Files.getLastModifiedTime(file.target).toMillis(),
                    true,
                    was.addedAtMillis()));
        }
    }

    private void remember(Path next) {
        Optional<String> chosen = next.equals(folder.standard()) ? Optional.empty() : Optional.of(next.toString());
        settings.update(now -> now.edit().modelsFolder(chosen).done());
    }

    /** Also those that an earlier move left because the program was killed. */
    private void deleteOld(Path old, Path next) {
        for (ModelRow model : models.all()) {
            if (!model.madeHere() || !next.equals(model.path().getParent())) continue;
            Path left = old.resolve(model.path().getFileName());
            try {
                boolean ours = Files.isRegularFile(left)
                        && models.at(left).isEmpty()
                        && Files.size(left) == model.sizeBytes()
                        && Files.size(model.path()) == model.sizeBytes();
                if (ours) Files.delete(left);
            } catch (IOException e) {
                log.warn("The old file {} could not be deleted; it is not used any more", left, e);
            }
        }
    }

    private static HostException wrong(String sentence) {
        return new HostException(Problem.USAGE, sentence);
    }
}
