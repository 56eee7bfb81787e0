package com.peerllm.desktop;

import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.OwnerOnly;
import com.peerllm.shared.identity.Sha256;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Where the open window of a data folder listens for a second start: a Unix-domain socket in that folder.
 *
 * <p>Systems take paths of 91 to 108 bytes only (POSIX leaves the limit open; macOS has 104, Linux 108). For a longer one the
 * socket lies in a folder of its owner beside the temporary files, named after the data folder.
 */
final class WindowSocket {
    private static final int MOST_BYTES = 90;
    private static final int NAME_BYTES = 8;

    private WindowSocket() {}

    /** @throws IOException when a folder for it cannot be made, or belongs to somebody else */
    static UnixDomainSocketAddress of(AppFolders folders, Path temporary) throws IOException {
        Path usual = folders.windowSocket();
        if (bytes(usual) <= MOST_BYTES) return UnixDomainSocketAddress.of(usual);
        byte[] name = Sha256.of(folders.data().toString().getBytes(StandardCharsets.UTF_8));
        Path own = temporary.resolve("peerllm-" + HexFormat.of().formatHex(name, 0, NAME_BYTES));
        OwnerOnly.createFolder(own);
        if (!isOurs(own)) throw new IOException("The folder " + own + " belongs to somebody else");
        return UnixDomainSocketAddress.of(own.resolve("window.sock"));
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whoever made it first could listen there. A file that we make tells who we are. */
    private static boolean isOurs(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return false;
        Path probe = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getOwner(folder).equals(Files.getOwner(probe));
        } finally {
            Files.delete(probe);
        }
    }
}
