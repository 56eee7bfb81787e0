package com.peerllm.orchestrator.accounts;

import com.peerllm.shared.identity.AccountId;

/**
 * Who sent a request: the account that pays, and which of its keys was used.
 *
 * @param keyId not secret; limits and spending are counted by it
 */
public record Caller(AccountId account, String keyId) {}
