package com.peerllm.host.update;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.published.BuildValues;
import com.peerllm.host.published.SafeAddress;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerKey;
import java.net.URI;
import java.util.Optional;

/** Where this build looks for newer versions, and whose signature they must have. */
public record UpdateSource(URI manifest, PeerKey key) {
    /** Name the address and the key; see {@link BuildValues}. */
    public static final String ADDRESS = "peerllm.updates";

    public static final String KEY = "peerllm.updates.key";

    /**
     * Nothing when the build has no address.
     *
     * @throws HostException {@code USAGE} when the address is none or not encrypted, or when there is no key for it
     */
    public static Optional<UpdateSource> of(BuildValues build) {
        return build.text(ADDRESS).map(address -> new UpdateSource(address(address), key(build)));
    }

    private static URI address(String text) {
        return SafeAddress.of(text)
                .orElseThrow(() -> usage(
                        "'" + text + "' is no address of updates. Write " + ADDRESS
                                + " as https://HOST/release.json; http only for this computer.",
                        null));
    }

    private static PeerKey key(BuildValues build) {
        String text = build.text(KEY)
                .orElseThrow(() -> usage(
                        "There is an address for updates and no key: " + KEY
                                + " must have the maintainers' public key.",
                        null));
        try {
            return PeerKey.parse(text);
        } catch (InvalidKey e) {
            throw usage(KEY + " is no public key. The command `peerllm release new-key` prints one.", e);
        }
    }

    private static HostException usage(String sentence, Exception cause) {
        return new HostException(Problem.USAGE, sentence, cause);
    }
}
