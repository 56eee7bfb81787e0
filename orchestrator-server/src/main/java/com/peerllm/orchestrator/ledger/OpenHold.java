package com.peerllm.orchestrator.ledger;

/** Money that is set aside. */
record OpenHold(Transfer.Hold hold, long expiresAtNanos) {}
