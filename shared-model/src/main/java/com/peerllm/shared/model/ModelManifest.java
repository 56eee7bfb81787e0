package com.peerllm.shared.model;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/**
 * What the network knows of a listed model: its name, the exact file, its licence, its price and whom it pays.
 *
 * @param sizeBytes size of the GGUF file
 * @param licence SPDX expression, or empty when the publisher names none
 * @param creator who receives the royalty, if anyone
 * @param royaltyBasisPoints the creator's share of the host's part, 0 to 10,000
 */
public record ModelManifest(
        ModelId id,
        ModelDigest digest,
        long sizeBytes,
        Optional<String> licence,
        TokenPrice price,
        Optional<AccountId> creator,
        int royaltyBasisPoints) {}
