package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the model files go that this program makes: in the data folder, or where a person chose. */
public final class ModelsFolder {
    private final Path standard;
    private final Supplier<Optional<String>> chosen;

    /** @param chosen what the settings say now */
    public ModelsFolder(AppFolders folders, Supplier<Optional<String>> chosen) {
        this.standard = folders.models();
        this.chosen = chosen;
    }

    /** As it is now; it need not exist. */
    public Path path() {
        return chosen.get().map(Path::of).orElse(standard);
    }

    /** In the data folder: for the model that comes with the program, which must not wait for a disk. */
    Path standard() {
        return standard;
    }

    /**
     * Makes sure that files can be put there.
     *
     * @throws HostException when a chosen folder is gone: it is never made anew, because under its path would be another disk
     */
    public Path ready() {
        Path folder = path();
        if (Files.isDirectory(folder)) return folder;
        if (!folder.equals(standard)) throw gone(folder);
        try {
            OwnerOnly.createFolder(folder);
            return folder;
        } catch (IOException e) {
            throw ModelImport.unwritable(folder, e);
        }
    }

    static HostException gone(Path folder) {
        return new HostException(
                Problem.DATA_FOLDER_BROKEN,
                "The models folder " + folder
                        + " is gone. Connect the disk that it is on, or choose another folder; the"
                        + " models in it stay known.");
    }
}
