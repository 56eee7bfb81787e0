package com.peerllm.endtoend.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * What an auditor without any key found in the network's transparency log.
 *
 * @param size leaves of the log
 * @param fault what is wrong with it, in the auditor's words
 */
public record PublicAudit(
        boolean clean,
        long size,
        long payments,
        @JsonProperty("host_signatures") long hostSignatures,
        Optional<Map<String, Object>> fault) {}
