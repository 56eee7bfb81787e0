package com.peerllm.desktop.onboarding;

/** The steps of the first start, in their order. */
public enum Step {
    COMPUTER,
    MODEL,
    WHEN,
    READY
}
