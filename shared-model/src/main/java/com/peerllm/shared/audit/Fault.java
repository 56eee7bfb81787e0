package com.peerllm.shared.audit;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The first thing that is wrong with a log.
 *
 * @param leaf the bad leaf's number; empty when it is not a leaf that is wrong
 * @param file the file it is in, as below the log's address
 * @param what one sentence
 * @param expected what should be there instead, when that can be said
 * @param found what is there instead
 */
public record Fault(
        OptionalLong leaf, Optional<String> file, String what, Optional<String> expected, Optional<String> found) {

    static Fault ofFile(String file, String what) {
        return new Fault(OptionalLong.empty(), Optional.of(file), what, Optional.empty(), Optional.empty());
    }

    static Fault ofFile(String file, String what, Object expected, Object found) {
        return new Fault(
                OptionalLong.empty(),
                Optional.of(file),
                what,
                Optional.of(expected.toString()),
                Optional.of(found.toString()));
    }

    /** Everything in one line for a person. */
    public String sentence() {
        StringBuilder text = new StringBuilder();
        leaf.ifPresent(number -> text.append("leaf ").append(number));
        file.ifPresent(name -> text.append(text.isEmpty() ? "" : ", in ").append(name));
        text.append(text.isEmpty() ? "" : ": ").append(what);
        expected.ifPresent(value -> text.append(" Expected: ").append(value).append('.'));
        found.ifPresent(value -> text.append(" Found: ").append(value).append('.'));
        return text.toString();
    }
}
