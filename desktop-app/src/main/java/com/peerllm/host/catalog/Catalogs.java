package com.peerllm.host.catalog;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.published.SignedFile;
import com.peerllm.host.published.UnbelievedFile;
import com.peerllm.shared.identity.PeerKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The catalogue that this host uses: the one in the data folder when it is newer than the built-in one and properly
 * signed, else the built-in one. Nothing is used unverified.
 */
public final class Catalogs {
    private static final String RESOURCE = "/catalog/catalog.json";

    private final Path newer;
    private final SignedFile inside;
    private final PeerKey key;

    public Catalogs(AppFolders folders) {
        this(folders, builtInFile(), pinnedKey());
    }

    /**
     * @param inside the one that comes with the program
     * @param key by which every catalogue must be signed
     */
    Catalogs(AppFolders folders, SignedFile inside, PeerKey key) {
        newer = folders.catalog();
        this.inside = inside;
        this.key = key;
    }

    /**
     * What is used.
     *
     * @param trouble why the one in the data folder is not used, as a sentence with what to do
     */
    public record Read(Catalog catalog, Optional<String> trouble) {}

    public Read read() {
        Catalog builtIn = CatalogFile.verified(inside, key);
        if (!Files.exists(newer)) return new Read(builtIn, Optional.empty());
        try {
            Catalog found = CatalogFile.verified(SignedFile.read(newer), key);
            if (found.version() < builtIn.version()) throw older(found, builtIn);
            return new Read(found, Optional.empty());
        } catch (InvalidCatalog | UnbelievedFile e) {
            return new Read(builtIn, Optional.of(unused(e.getMessage())));
        } catch (IOException e) {
            return new Read(builtIn, Optional.of(unused("it or its signature cannot be read")));
        }
    }

    /**
     * Takes a newer catalogue into the data folder.
     *
     * @return whether it is newer than the one in use; the same one changes nothing
     * @throws HostException when it is not properly signed or older than the one in use, which then stays
     */
    public boolean take(SignedFile file) {
        try {
            Catalog offered = CatalogFile.verified(file, key);
            Catalog inUse = read().catalog();
            if (offered.version() < inUse.version()) throw older(offered, inUse);
            if (offered.version() == inUse.version()) return false;
            file.write(newer);
            return true;
        } catch (InvalidCatalog e) {
            throw new HostException(
                    Problem.PUBLISHER,
                    "The catalogue is not taken: " + e.getMessage() + ". The one in use stays; try again later.",
                    e);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The catalogue cannot be written to " + newer + ". Check the folder's permissions and free space.",
                    e);
        }
    }

    /** The one that came with the program. */
    public static Catalog builtIn() {
        return CatalogFile.verified(builtInFile(), pinnedKey());
    }

    private static SignedFile builtInFile() {
        return new SignedFile(
                resource(RESOURCE),
                new String(resource(RESOURCE + SignedFile.SIGNATURE_ENDING), StandardCharsets.UTF_8));
    }

    private static PeerKey pinnedKey() {
        return CatalogFile.key(resource("/catalog/catalog.key"));
    }

    private static InvalidCatalog older(Catalog found, Catalog than) {
        return new InvalidCatalog(
                "its version " + found.version() + " is older than version " + than.version() + " in use");
    }

    private String unused(String why) {
        return "The catalogue in " + newer + " is not used: " + why
                + ". The built-in one is used; delete the file, or fetch it again.";
    }

    private static byte[] resource(String name) {
        try (InputStream in = Catalogs.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("This build lacks " + name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("The resource " + name + " could not be read from the program", e);
        }
    }
}
