package com.peerllm.endtoend.network;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.Optional;

/**
 * One account of the ledger.
 *
 * @param pseudonym of a host's account
 * @param held set aside for running jobs; part of {@code posted}
 */
public record AccountBalance(AccountId account, Optional<String> pseudonym, Credits posted, Credits held) {}
