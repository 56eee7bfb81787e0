package com.peerllm.host.engine;

import com.peerllm.shared.model.ModelDigest;
import java.util.function.Supplier;

/**
 * A model that a host can load.
 *
 * @param takes memory while it is loaded
 * @param pinned stays in memory once it is there
 * @param mostWaiting requests that may wait while it is loaded
 * @param engine makes its engine, not started
 */
public record ServableModel(
        ModelDigest digest, Footprint takes, boolean pinned, int mostWaiting, Supplier<Engine> engine) {}
