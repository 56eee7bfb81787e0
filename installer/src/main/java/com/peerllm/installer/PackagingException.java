package com.peerllm.installer;

/** Why there is no package; the message says what to do. */
final class PackagingException extends RuntimeException {
    PackagingException(String sentence) {
        super(sentence);
    }

    PackagingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
