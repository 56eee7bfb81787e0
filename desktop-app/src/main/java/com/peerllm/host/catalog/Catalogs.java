package com.peerllm.host.catalog;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
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
    static final String SIGNATURE_ENDING = ".sig";

    private final Path newer;
    private final CatalogFile inside;
    private final PeerKey key;

    public Catalogs(AppFolders folders) {
        this(folders, builtInFile(), pinnedKey());
    }

    /**
     * @param inside the one that comes with the program
     * @param key by which every catalogue must be signed
     */
    Catalogs(AppFolders folders, CatalogFile inside, PeerKey key) {
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
        Catalog builtIn = inside.verified(key);
        if (!Files.exists(newer)) return new Read(builtIn, Optional.empty());
        try {
            CatalogFile file = fromDisk();
            Catalog found = file.verified(key);
            if (found.version() < builtIn.version()) throw older(found, builtIn);
            return new Read(found, Optional.empty());
        } catch (InvalidCatalog e) {
            return new Read(builtIn, Optional.of(unused(e.getMessage())));
        } catch (IOException e) {
            return new Read(builtIn, Optional.of(unused("it or its signature cannot be read")));
        }
    }

    /**
     * Takes a newer catalogue into the data folder.
     *
     * @throws HostException when it is not properly signed or older than the one in use, which then stays
     */
    public Catalog take(CatalogFile file) {
        try {
            Catalog taken = file.verified(key);
            Catalog inUse = read().catalog();
            if (taken.version() < inUse.version()) throw older(taken, inUse);
            OwnerOnly.createFolder(newer.getParent());
            // The signature last: between the two writes the pair does not hold, and the built-in one is used.
            AtomicFile.write(newer, file.content());
            AtomicFile.write(signatureOf(newer), file.signature().getBytes(StandardCharsets.UTF_8));
            return taken;
        } catch (InvalidCatalog e) {
            throw new HostException(Problem.USAGE, "The catalogue is not taken: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The catalogue cannot be written to " + newer + ". Check the folder's permissions and free space.",
                    e);
        }
    }

    /** The one that came with the program. */
    public static Catalog builtIn() {
        return builtInFile().verified(pinnedKey());
    }

    private static CatalogFile builtInFile() {
        return new CatalogFile(
                resource(RESOURCE), new String(resource(RESOURCE + SIGNATURE_ENDING), StandardCharsets.UTF_8));
    }

    private static PeerKey pinnedKey() {
        return CatalogFile.key(resource("/catalog/catalog.key"));
    }

    public static Path signatureOf(Path catalog) {
        return catalog.resolveSibling(catalog.getFileName() + SIGNATURE_ENDING);
    }

    private CatalogFile fromDisk() throws IOException {
        if (Files.size(newer) > CatalogFile.MOST_BYTES)
            throw new InvalidCatalog("it is larger than a catalogue can be");
        return new CatalogFile(Files.readAllBytes(newer), Files.readString(signatureOf(newer)));
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
