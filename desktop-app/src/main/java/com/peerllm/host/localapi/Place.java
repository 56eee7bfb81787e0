package com.peerllm.host.localapi;

import com.peerllm.host.answering.Hybrid;
import java.util.Locale;

/** Who answers a request; told to the program in two headers. */
enum Place {
    LOCAL,
    NETWORK;

    void tell(LocalExchange exchange, Hybrid.Why why) {
        exchange.header("x-peerllm-place", name().toLowerCase(Locale.ROOT));
        exchange.header("x-peerllm-why", why.word());
    }
}
