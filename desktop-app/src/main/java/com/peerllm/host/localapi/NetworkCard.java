package com.peerllm.host.localapi;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;

/**
 * A network interface of this computer.
 *
 * @param name the system's, such as {@code eth0}
 * @param displayName for people; on Windows the only one that says what it is
 */
record NetworkCard(
        String name,
        String displayName,
        boolean up,
        boolean loopback,
        boolean virtual,
        boolean pointToPoint,
        List<InetAddress> addresses) {
    NetworkCard {
        addresses = List.copyOf(addresses);
    }

    /** Those of this computer now; none when the system does not tell. */
    static List<NetworkCard> ofThisComputer() {
        try {
            return NetworkInterface.networkInterfaces().map(NetworkCard::of).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static NetworkCard of(NetworkInterface card) {
        List<InetAddress> addresses = Collections.list(card.getInetAddresses());
        String name = card.getName();
        String shown = card.getDisplayName() == null ? name : card.getDisplayName();
        try {
            return new NetworkCard(
                    name, shown, card.isUp(), card.isLoopback(), card.isVirtual(), card.isPointToPoint(), addresses);
        } catch (SocketException gone) {
            return new NetworkCard(name, shown, false, false, false, false, addresses);
        }
    }
}
