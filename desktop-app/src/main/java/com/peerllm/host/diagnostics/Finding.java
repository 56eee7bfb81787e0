package com.peerllm.host.diagnostics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param check one word, such as {@code memory}
 * @param found what is so, in a sentence
 * @param todo what to do about it; absent when nothing has to be done
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Finding(String check, Verdict verdict, String found, Optional<String> todo) {

    /** How bad it is. */
    public enum Verdict {
        OK,
        /** It works, and could work better; or it could not be found out. */
        WARN,
        /** This computer cannot share like that. */
        FAIL
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Verdict.OK, found, Optional.empty());
    }

    static Finding warn(String check, String found, String todo) {
        return new Finding(check, Verdict.WARN, found, Optional.of(todo));
    }

    static Finding fail(String check, String found, String todo) {
        return new Finding(check, Verdict.FAIL, found, Optional.of(todo));
    }
}
