package com.peerllm.host.update;

import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.host.published.SignedFile;
import com.peerllm.host.published.UnbelievedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this computer keeps of newer versions: the last manifest that was taken, and the package that it names. */
final class UpdateFolder {
    private static final Logger log = LoggerFactory.getLogger(UpdateFolder.class);
    private static final String LOOKED = "looked";
    private static final String LOCK = "lock";

    private final Path folder;

    UpdateFolder(Path folder) {
        this.folder = folder;
    }

    private Path manifestFile() {
        return folder.resolve(ReleaseManifest.NAME);
    }

    Path looked() {
        return folder.resolve(LOOKED);
    }

    /** Held by the program that fetches or applies. */
    Path lock() {
        return folder.resolve(LOCK);
    }

    /** As it was taken, to be verified again; nothing when there is none. */
    Optional<SignedFile> manifest() {
        if (!Files.exists(manifestFile())) return Optional.empty();
        try {
            return Optional.of(SignedFile.read(manifestFile()));
        } catch (IOException | UnbelievedFile e) {
            log.warn("The list of versions in {} cannot be read; it is fetched again", folder, e);
            return Optional.empty();
        }
    }

    void keep(SignedFile manifest) throws IOException {
        manifest.write(manifestFile());
    }

    Path file(ReleaseFile file) {
        return folder.resolve(file.name());
    }

    /** Proven when it got its name; proven again before it is used. */
    boolean has(ReleaseFile file) {
        try {
            return Files.isRegularFile(file(file)) && Files.size(file(file)) == file.sizeBytes();
        } catch (IOException e) {
            log.debug("{} cannot be looked at", file.name(), e);
            return false;
        }
    }

    /** Makes the folder, and removes packages of other versions. */
    void prepare(Optional<ReleaseFile> wanted) throws IOException {
        OwnerOnly.createFolder(folder);
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            String name = file.getFileName().toString();
            boolean ours = name.startsWith(ReleaseManifest.NAME) || name.equals(LOOKED) || name.equals(LOCK);
            boolean fetched = wanted.filter(one -> name.equals(one.name()) || name.startsWith(one.name() + ".part"))
                    .isPresent();
            if (!ours && !fetched) Files.delete(file);
        }
    }
}
