package com.peerllm.host.engine.worker;

/** Brings into a slot of the context what a new answer need not compute again. */
final class PrefixReuse {
    private final InferenceContext context;

    PrefixReuse(InferenceContext context) {
        this.context = context;
    }

    /** @return tokens that the slot has now, 0 when this kind of model cannot forget the rest of what was there */
    int take(Placement.InPlace place) {
        return keep(place.slot(), place.reused());
    }

    int take(Placement.Copy place) {
        context.copy(place.source().sequence(), place.slot().sequence());
        return keep(place.slot(), place.reused());
    }

    private int keep(Slot slot, int length) {
        if (context.forgetFrom(slot.sequence(), length)) return length;
        context.forget(slot.sequence());
        return 0;
    }
}
