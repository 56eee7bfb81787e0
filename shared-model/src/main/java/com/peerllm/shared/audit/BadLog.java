package com.peerllm.shared.audit;

/** Ends an audit: the log is not what it claims to be. */
final class BadLog extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    BadLog(Fault fault) {
        super(fault.what());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
