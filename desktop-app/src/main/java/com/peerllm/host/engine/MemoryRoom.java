package com.peerllm.host.engine;

/** Tells how much memory models can take now. */
@FunctionalInterface
public interface MemoryRoom {

    /** @param resident what the models in memory take by their plans, so that memory which is merely mapped is not counted as free */
    Footprint besides(Footprint resident);
}
