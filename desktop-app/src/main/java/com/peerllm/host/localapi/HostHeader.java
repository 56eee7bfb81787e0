package com.peerllm.host.localapi;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells whether a request's {@code Host} can be this computer's. A page in a browser can point a name of its own at this
 * computer (DNS rebinding), but not an address and not these names.
 */
final class HostHeader {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(%25[0-9a-z._~-]+)?]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private HostHeader() {}

    /** @param homeNetwork whether other computers may call this one by the name that it has in the home network */
    static boolean isOurs(Optional<String> host, boolean homeNetwork) {
        if (host.isEmpty()) return false;
        String name = PORT.matcher(host.get().toLowerCase(Locale.ROOT).strip()).replaceFirst("");
        if (IPV4.matcher(name).matches() || IPV6.matcher(name).matches()) return true;
        if (name.equals("localhost") || name.endsWith(".localhost")) return true;
        // Containers of Docker Desktop and Podman reach their computer by these; no name server of the world has them.
        if (name.equals("host.docker.internal") || name.equals("host.containers.internal")) return true;
        return homeNetwork && name.endsWith(".local");
    }
}
