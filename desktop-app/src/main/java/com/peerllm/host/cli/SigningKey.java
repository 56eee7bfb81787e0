package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with a maintainer's secret key. */
final class SigningKey {
    private SigningKey() {}

    /**
     * Makes one for its owner only.
     *
     * @return its public half
     */
    static PeerKey make(Path file) {
        PeerIdentity fresh = PeerIdentity.generate();
        try {
            if (Files.exists(file)) throw usage("The file " + file + " is there already; it is not replaced.", null);
            AtomicFile.write(file, (fresh.secretText() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw usage("The file " + file + " cannot be written. Check the folder and its permissions.", e);
        }
        return fresh.publicKey();
    }

    static PeerIdentity read(Path file) {
        try {
            return PeerIdentity.parse(Files.readString(file));
        } catch (IOException e) {
            throw usage("The key " + file + " cannot be read. The command new-key FILE makes one.", e);
        } catch (InvalidKey e) {
            throw usage("The file " + file + " is no key. The command new-key FILE makes one.", e);
        }
    }

    private static HostException usage(String sentence, Exception cause) {
        return new HostException(Problem.USAGE, sentence, cause);
    }
}
