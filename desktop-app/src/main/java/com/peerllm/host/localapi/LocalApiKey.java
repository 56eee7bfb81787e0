package com.peerllm.host.localapi;

import com.peerllm.host.platform.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The key that programs show to the endpoint of this computer, made at its first use, in a file for its owner only. Also
 * programs of this computer need it: other people and pages in a browser can open connections to it too.
 */
public final class LocalApiKey {
    private static final String PREFIX = "local_";
    private static final int RANDOM_BYTES = 32;
    private static final String SCHEME = "bearer ";

    private final SecretFile file;
    private final RandomGenerator random;

    /**
     * @param file see {@code AppFolders#localApiKey}
     * @param random whose numbers nobody can guess
     */
    public LocalApiKey(Path file, RandomGenerator random) {
        this.file = new SecretFile(file);
        this.random = random;
    }

    /** To show it to the person; makes one when there is none. */
    public synchronized String current() {
        return file.read().orElseGet(this::renew);
    }

    /** Makes another one; the old one is refused from now on. */
    public synchronized String renew() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        file.write(key);
        return key;
    }

    /** Takes as long whatever is wrong with the key. */
    boolean accepts(Optional<String> authorization) {
        String shown = authorization
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .orElse("");
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), current().getBytes(StandardCharsets.UTF_8));
    }
}
