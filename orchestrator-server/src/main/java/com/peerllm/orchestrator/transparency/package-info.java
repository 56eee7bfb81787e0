/**
 * The transparency log as it is published: tiles and checkpoints as files, in the forms of C2SP, made from the leaves that the ledger
 * wrote. The tables are the source; the files can be made again. What must never happen is that two heads are signed that do not
 * continue each other.
 */
package com.peerllm.orchestrator.transparency;
