package com.peerllm.host;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How this program may reach orchestrators.
 *
 * @param allowPlaintext also without encryption to other computers
 * @param ownCa certificates (PEM) to trust besides those that Java trusts
 */
public record LinkOptions(boolean allowPlaintext, Optional<Path> ownCa) {
    public static final LinkOptions STANDARD = new LinkOptions(false, Optional.empty());
}
