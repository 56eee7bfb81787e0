package com.peerllm.host.settings;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the key that this host is, in a file for its owner only. A lost key is a lost name and its reputation. */
public final class IdentityFile {
    private IdentityFile() {}

    /**
     * Reads the identity, or makes one at first start.
     *
     * @throws HostException when there is a file that is not an identity; it is never replaced
     */
    public static PeerIdentity readOrCreate(Path file) {
        try {
            if (Files.exists(file)) return PeerIdentity.parse(Files.readString(file));
            PeerIdentity fresh = PeerIdentity.generate();
            OwnerOnly.createFolder(file.toAbsolutePath().getParent());
            AtomicFile.write(file, (fresh.secretText() + "\n").getBytes(StandardCharsets.UTF_8));
            return fresh;
        } catch (InvalidKey e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The identity in " + file + " is damaged. Put back a copy of it; or move the file away to begin"
                            + " again under a new name, without the old one's reputation and receipts.",
                    e);
        } catch (IOException e) {
            throw new HostException(
                    Problem.DATA_FOLDER_BROKEN,
                    "The identity in " + file + " cannot be read or written. Check its permissions.",
                    e);
        }
    }
}
