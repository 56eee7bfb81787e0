package com.peerllm.host.update;

import com.peerllm.host.published.SignedFile;
import com.peerllm.host.published.UnbelievedFile;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A release as a signed file, {@code release.json}. */
public final class ReleaseManifest {
    public static final String NAME = "release.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReleaseManifest() {}

    /** @throws InvalidRelease when no program would take it */
    public static SignedFile signed(Release release, PeerIdentity by) {
        ReleaseRules.check(release);
        return SignedFile.signed((JSON.writeValueAsString(release) + "\n").getBytes(StandardCharsets.UTF_8), by);
    }

    /** @throws InvalidRelease with what is wrong with it */
    public static Release verified(SignedFile file, PeerKey key) {
        try {
            Release release = JSON.readValue(file.verified(key), Release.class);
            ReleaseRules.check(release);
            return release;
        } catch (UnbelievedFile e) {
            throw new InvalidRelease(e.getMessage(), e);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new InvalidRelease("it cannot be understood", e);
        }
    }
}
