package com.peerllm.endtoend.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.money.Credits;
import java.util.List;

/**
 * What the network adds to an answer under {@code peerllm}.
 *
 * @param hosts pseudonyms of the hosts that answered, in order
 */
public record Extras(
        List<String> hosts,
        @JsonProperty("price_nanodollars") Credits price,
        JobId receipt) {
    public Extras {
        hosts = List.copyOf(hosts);
    }
}
