package com.peerllm.host.engine.format;

/** What the tokens of an answer must follow from here on. */
public sealed interface Bounds {
    Bounds FREE = new Free();

    /** Nothing. */
    record Free() implements Bounds {}

    /** A grammar, from its rule {@code root} on. */
    record Grammar(String gbnf) implements Bounds {

        /** Names sizes only: a grammar holds what the consumer's schemas say. */
        @Override
        public String toString() {
            return "Grammar[" + gbnf.length() + " characters]";
        }
    }
}
