package com.peerllm.host.engine.jinja;

/** The value of a name or attribute that does not exist: empty when printed, false when asked, an error when used further. */
record Undefined(String name) {
    @Override
    public String toString() {
        return "Undefined[" + name + "]";
    }
}
