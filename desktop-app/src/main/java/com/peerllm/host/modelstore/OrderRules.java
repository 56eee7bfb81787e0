package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.storage.DownloadRow;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** What a download must have before it is put on the list: an address that nobody can listen in to, and a way to prove it. */
final class OrderRules {
    private OrderRules() {}

    static void check(Downloads.Order order) {
        checkAddress(order.from());
        order.listing().ifPresent(listing -> checkAddress(listing.api()));
        if (order.digest().isPresent() || order.listing().isPresent()) return;
        throw wrong("Nobody tells the SHA-256 of " + order.from()
                + ", so nothing could prove what is received. Give its SHA-256, which its publisher tells, or an address"
                + " on a model hub that lists it.");
    }

    private static void checkAddress(URI address) {
        String scheme = String.valueOf(address.getScheme());
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || address.getHost() == null)
            throw wrong("\"" + address + "\" is not an address of a file on the web. It begins with https://.");
        if (scheme.equals("http") && !isThisComputer(address.getHost()))
            throw wrong("The address " + address + " is not encrypted. Give one that begins with https://.");
        if (address.getUserInfo() != null)
            throw wrong("The address has a name or a password in it, which would be kept on this disk. Leave it out.");
    }

    private static boolean isThisComputer(String host) {
        if (host.equals("localhost")) return true;
        boolean literal = host.matches("127(\\.\\d{1,3}){3}|\\[::1]");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Another file on its way to the same name. */
    static void checkSame(Downloads.Order order, DownloadRow row) {
        boolean sameContent = order.digest().isPresent() && order.digest().equals(row.digest());
        boolean sameAddress = order.from().equals(row.source())
                && (order.digest().isEmpty()
                        || row.digest().isEmpty()
                        || order.digest().equals(row.digest()));
        if (sameContent || sameAddress) return;
        throw wrong("Another file is on its way to the name " + row.name() + ", from " + row.source()
                + ". Cancel that download, or give this one another name.");
    }

    static DownloadRow row(Downloads.Order order, String id, long place, String name, Path folder) {
        return new DownloadRow(
                id,
                place,
                name,
                order.from(),
                folder.resolve(name + ".gguf"),
                order.sizeBytes(),
                order.digest(),
                order.digest().isPresent(),
                order.listing().map(listing -> new DownloadRow.Listed(listing.api(), listing.file())),
                DownloadRow.Wish.WANTED,
                Optional.empty());
    }

    private static HostException wrong(String sentence) {
        return new HostException(Problem.USAGE, sentence);
    }
}
