package com.peerllm.host.localapi;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells at which of this computer's addresses another computer of the home network can reach it: none of loopback, and none of
 * the adapters that Docker, WSL, virtual machines and VPNs make, which lead nowhere from outside. Pure.
 */
final class ReachableAddresses {
    /** By the names that Linux, macOS and the programs give their adapters. */
    private static final Pattern VIRTUAL_NAME = Pattern.compile(
            "(docker|br-|veth|virbr|vmnet|vboxnet|vnet|tun|tap|utun|wg|ppp|ipsec|zt|tailscale|nordlynx|proton|cni|flannel|cali"
                    + "|podman|lxc|lxd|incusbr|bridge|awdl|llw|anpi|gif|stf|dummy|kube|cilium|nodelocaldns|waydroid).*");

    /** By what Windows shows of them; a guest of Hyper-V has a "Hyper-V Network Adapter", and that one is real to it. */
    private static final Pattern VIRTUAL_DISPLAY = Pattern.compile(
            ".*(vethernet|wsl|virtualbox|vmware|docker|virtual|vpn|wireguard|tap-windows|tap adapter|tailscale|zerotier"
                    + "|wintun|openvpn|nordlynx|npcap|loopback|bluetooth|teredo|isatap|6to4|pseudo|wi-fi direct|hamachi|fortinet"
                    + "|cisco anyconnect|juniper|pangp|kaspersky).*");

    private ReachableAddresses() {}

    /**
     * The likeliest first: private IPv4, then other IPv4, then IPv6; IPv4 that only the same
     * cable reaches last. IPv6 of that kind is left out: whoever calls it must name a card of their own computer.
     */
    static List<InetAddress> of(List<NetworkCard> cards) {
        return cards.stream()
                .filter(card -> card.up() && !card.loopback() && !card.virtual() && !card.pointToPoint())
                .filter(card -> !isVirtual(card))
                .flatMap(card -> card.addresses().stream())
                .filter(address ->
                        !address.isLoopbackAddress() && !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .filter(address -> !(address instanceof Inet6Address && address.isLinkLocalAddress()))
                .distinct()
                .sorted(Comparator.comparingInt(ReachableAddresses::rank))
                .toList();
    }

    private static boolean isVirtual(NetworkCard card) {
        String name = card.name().toLowerCase(Locale.ROOT);
        String shown = card.displayName().toLowerCase(Locale.ROOT);
        return VIRTUAL_NAME.matcher(name).matches()
                || Stream.of(name, shown)
                        .anyMatch(text -> VIRTUAL_DISPLAY.matcher(text).matches());
    }

    private static int rank(InetAddress address) {
        if (address.isLinkLocalAddress()) return 3;
        if (address instanceof Inet6Address) return 2;
        return address.isSiteLocalAddress() ? 0 : 1;
    }

    /** An address as it stands in a URL. */
    static String inUrl(InetAddress address) {
        String text = NetUtil.toAddressString(address);
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }
}
