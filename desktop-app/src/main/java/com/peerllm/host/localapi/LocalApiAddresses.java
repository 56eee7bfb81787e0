package com.peerllm.host.localapi;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The base addresses that programs are told. */
final class LocalApiAddresses {
    private LocalApiAddresses() {}

    /** @param cards of this computer; none while it listens for this computer only */
    static List<String> of(int port, List<NetworkCard> cards) {
        List<String> addresses = new ArrayList<>(List.of(base("127.0.0.1", port)));
        for (InetAddress address : ReachableAddresses.of(cards)) {
            addresses.add(base(ReachableAddresses.inUrl(address), port));
        }
        return addresses;
    }

    private static String base(String host, int port) {
        return "http://" + host + ":" + port + "/v1";
    }
}
