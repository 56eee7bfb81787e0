package com.peerllm.host.engine;

/** An answer that is being made. */
public interface Generation {

    /** Ends the answer at the next step, with {@link Finish.Reason#CANCELLED}; does nothing when it has ended already. */
    void cancel();
}
