/**
 * Checks what a transparency log says from its first leaf to its last: the hashes, the signatures and the money. For anybody who
 * has a copy of the log's files, an orchestrator or not; needs the JDK only. Threads are passed in.
 */
package com.peerllm.shared.audit;
