package com.peerllm.orchestrator.accounts;

/** Whether a host that has proven its key may join. */
public sealed interface Enrolment {

    /** @param firstTime whether it was never here before */
    record Enrolled(KnownHost host, boolean firstTime) implements Enrolment {}

    /** An administrator shut this host out; the reason is a sentence for its owner. */
    record Blocked(KnownHost host, String reason) implements Enrolment {}

    /** As many hosts are known as this orchestrator keeps. */
    record Full(int maxHosts) implements Enrolment {}
}
