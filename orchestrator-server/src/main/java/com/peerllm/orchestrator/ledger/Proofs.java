package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.ledger.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * What goes into the transparency log for one settlement.
 *
 * @param giftLeaf what gifts paid of it, as text; empty when nothing
 * @param receipts signed
 */
record Proofs(Optional<String> giftLeaf, List<Receipt> receipts) {}
