package com.peerllm.orchestrator.routing;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.openai.HostWishes;
import com.peerllm.shared.wire.ModelFeature;
import java.util.Optional;
import java.util.Set;

/**
 * What a job needs of a host.
 *
 * @param promptTokens estimated length of the prompt, delivered tokens included
 * @param completionTokens most tokens still to be generated
 * @param minimumContext least context that can hold the prompt and one token more
 * @param features what the host must offer
 * @param tried hosts that must not be asked again
 * @param wishes what the consumer asks of the host
 * @param affinity the host that has this conversation's prefix in its cache, if known
 */
public record RouteRequest(
        int promptTokens,
        int completionTokens,
        int minimumContext,
        Set<ModelFeature> features,
        Set<HostId> tried,
        HostWishes wishes,
        Optional<HostId> affinity) {
    private static final ModelFeature[] FEATURES = ModelFeature.values();

    /** The features as bits, one for each at its ordinal: many hosts are compared with them. */
    int featureBits() {
        int bits = 0;
        for (ModelFeature feature : FEATURES) if (features.contains(feature)) bits |= 1 << feature.ordinal();
        return bits;
    }
}
