package com.peerllm.orchestrator.transparency;

/** What was signed and what the tables say cannot both be true: signing on would make two histories. */
final class LogContradiction extends Exception {
    private static final long serialVersionUID = 1;

    LogContradiction(String sentence) {
        super(sentence);
    }
}
