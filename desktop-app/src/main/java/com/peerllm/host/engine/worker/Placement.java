package com.peerllm.host.engine.worker;

/** What is to be done with an answer that wants to begin. */
sealed interface Placement {

    /** It begins in a free slot, whose leftovers are kept up to a length. */
    record InPlace(Slot slot, int reused) implements Placement {}

    /** It begins in a free slot with a copy of what another slot has, up to a length; that one may be running. */
    record Copy(Slot source, Slot slot, int reused) implements Placement {}

    /** A prompt that is being read has more of this one's beginning: it would be computed twice if this one began now. */
    record Wait() implements Placement {}
}
