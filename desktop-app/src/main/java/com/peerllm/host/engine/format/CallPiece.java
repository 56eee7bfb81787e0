package com.peerllm.host.engine.format;

/** One piece of how a call is written; a format is a list of them. */
sealed interface CallPiece {

    /** These characters, all ASCII. */
    record Text(String literal) implements CallPiece {}

    /** White space, or none. */
    record Gap() implements CallPiece {}

    /** The name of a tool. */
    record Name() implements CallPiece {}

    /** A call's own id: nine letters and digits, which nobody reads. */
    record Id() implements CallPiece {
        static final int CHARACTERS = 9;
    }

    /** A JSON object. */
    record Arguments() implements CallPiece {}

    /** In a list of calls: a comma and another call, or the bracket that ends the list. */
    record More() implements CallPiece {}
}
