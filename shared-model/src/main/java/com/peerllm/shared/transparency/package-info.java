/**
 * The transparency log's formats and proofs: an append-only Merkle tree (RFC 6962), its tiles, signed checkpoints, cosignatures
 * and proofs in the forms of C2SP, the leaves of the ledger and the tree over its balances. Pure functions, JDK only: whoever
 * wants to check the ledger needs nothing else of PeerLLM.
 */
package com.peerllm.shared.transparency;
