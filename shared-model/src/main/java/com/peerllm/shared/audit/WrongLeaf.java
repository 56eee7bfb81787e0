package com.peerllm.shared.audit;

import java.util.Optional;
import java.util.OptionalLong;

/** A leaf that breaks a rule; which leaf it is, whoever reads the log adds. */
final class WrongLeaf extends Exception {
    private static final long serialVersionUID = 1;

    private final String expected;
    private final String found;

    WrongLeaf(String what) {
        this(what, null, null);
    }

    /** @param expected null when nothing can be said */
    WrongLeaf(String what, Object expected, Object found) {
        super(what, null, false, false);
        this.expected = expected == null ? null : expected.toString();
        this.found = found == null ? null : found.toString();
    }

    Fault at(long leaf, String file) {
        return new Fault(
                OptionalLong.of(leaf),
                Optional.of(file),
                getMessage(),
                Optional.ofNullable(expected),
                Optional.ofNullable(found));
    }
}
