package com.peerllm.host.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    private static RuntimeException here(String message) {
        return new IllegalStateException(message);
    }

    private static RuntimeException alsoHere(RuntimeException cause) {
        return new UnsupportedOperationException("outer", cause);
    }

    @Test
    void theMessageIsNotInIt() {
        ErrorCode[] codes = new ErrorCode[2];
        for (int i = 0; i < 2; i++) codes[i] = ErrorCode.of(here("a secret " + i));
        assertThat(codes[0]).isEqualTo(codes[1]);
        assertThat(codes[0].toString()).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}");
    }

    @Test
    void thePartsTellWhatIsAlike() {
        ErrorCode plain = ErrorCode.of(here("x"));
        ErrorCode otherLine = ErrorCode.of(here("x"));
        ErrorCode wrapped = ErrorCode.of(alsoHere(here("x")));
        ErrorCode elsewhere = ErrorCode.of(new IllegalStateException("x"));
        assertThat(otherLine.where()).isEqualTo(plain.where());
        assertThat(otherLine.what()).isEqualTo(plain.what());
        assertThat(otherLine.whole()).as("thrown from another line").isNotEqualTo(plain.whole());
        assertThat(wrapped.where()).as("the innermost place").isEqualTo(plain.where());
        assertThat(wrapped.what()).isNotEqualTo(plain.what());
        assertThat(elsewhere.where()).isNotEqualTo(plain.where());
        assertThat(elsewhere.what()).isEqualTo(plain.what());
    }

    @Test
    void anErrorThatCausesItselfHasACodeToo() {
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException two = new IllegalStateException("two", one);
        one.initCause(two);
        assertThat(ErrorCode.of(two).toString()).hasSize(14);
    }
}
