package com.peerllm.orchestrator.accounts;

import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/** The starter model that every host has: small enough to be part of the program. */
public final class BuiltInModel {
    public static final ModelId ID = new ModelId("sprout-1.4m-q8_0");
    public static final ModelDigest DIGEST =
            new ModelDigest("b9988445d4de1054e6819a18ab256d503377e0bd2849c14ddcb13dbc135773ea");
    private static final long SIZE_BYTES = 1_531_744;

    private BuiltInModel() {}

    static ModelManifest listedAt(TokenPrice price) {
        return new ModelManifest(ID, DIGEST, SIZE_BYTES, Optional.of("Apache-2.0"), price, Optional.empty(), 0);
    }
}
