package com.peerllm.shared.audit;

/** Nobody said whose log it should be, and no payment in it names a key that signed it. */
public final class UnknownKey extends Exception {
    private static final long serialVersionUID = 1;

    public UnknownKey() {
        super("The log names no key that signed it. Say which one must have");
    }
}
