package com.peerllm.orchestrator.clients;

import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** {@code @sigstore/verify}: it checks the checkpoint's signature by the key it is given, and the path to its root. */
final class SigstoreNpm implements LogReader {
    private static final ForeignClient.Settings NONE = new ForeignClient.Settings("", "", 0);

    private final NodeClient node;

    SigstoreNpm(NodeClient node) {
        this.node = node;
    }

    @Override
    public void verify(Shown shown) {
        List<String> hashes = shown.hashes().stream().map(SigstoreNpm::base64).toList();
        node.call(
                "inclusion",
                NONE,
                Map.of(
                        "leaf", base64(shown.leaf()),
                        "index", shown.index(),
                        "hashes", hashes,
                        "checkpoint", shown.checkpoint(),
                        "origin", shown.origin(),
                        "keyId", keyId(shown.origin(), shown.key()),
                        "key", base64(shown.key().raw())));
    }

    /** What C2SP signed-note says, written out here again so that ours is not checked with ours. */
    private static String keyId(String origin, PeerKey key) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update((origin + "\n\u0001").getBytes(StandardCharsets.UTF_8));
        sha256.update(key.raw());
        return HexFormat.of().formatHex(sha256.digest(), 0, 4);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        node.close();
    }
}
