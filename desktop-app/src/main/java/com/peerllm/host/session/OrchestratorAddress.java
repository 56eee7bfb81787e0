package com.peerllm.host.session;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.wire.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where an orchestrator is: scheme, name and port, without the path that every orchestrator has.
 *
 * @param text the form that settings and screens show, such as {@code wss://peers.example}
 */
public record OrchestratorAddress(String text) {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)\\]?");

    /**
     * Reads {@code wss://}, {@code ws://}, {@code https://} and {@code http://} addresses.
     *
     * @param allowPlaintext whether {@code ws} to another computer is allowed: everybody on the way can read the prompts
     * @throws HostException {@code USAGE} with a sentence that says what is wrong
     */
    public static OrchestratorAddress parse(String given, boolean allowPlaintext) {
        URI uri = uri(given);
        String scheme = switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "wss", "https" -> "wss";
            case "ws", "http" -> "ws";
            default -> throw wrong(given);
        };
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) throw wrong(given);
        if (!uri.getPath().isEmpty()
                && !uri.getPath().equals("/")
                && !uri.getPath().equals(Protocol.PATH)) {
            throw wrong(given);
        }
        if (scheme.equals("ws") && !allowPlaintext && !isLoopback(uri.getHost())) {
            throw new HostException(
                    Problem.USAGE,
                    "The connection to " + uri.getHost()
                            + " would not be encrypted: everybody on the way could read the"
                            + " prompts. Use a wss:// address, or --allow-plaintext on a network that you trust.");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new OrchestratorAddress(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    }

    private static URI uri(String given) {
        try {
            return new URI(given.strip());
        } catch (URISyntaxException e) {
            throw wrong(given);
        }
    }

    private static HostException wrong(String given) {
        return new HostException(
                Problem.USAGE,
                "\"" + given + "\" is not an orchestrator's address. Give one such as wss://peers.example or"
                        + " ws://127.0.0.1:8080.");
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** What to dial: HTTP, which becomes a WebSocket. */
    HttpUrl dialled() {
        return HttpUrl.get(text.replaceFirst("^ws", "http") + Protocol.PATH);
    }

    /** For plain questions. */
    public HttpUrl http() {
        return HttpUrl.get(text.replaceFirst("^ws", "http"));
    }

    @Override
    public String toString() {
        return text;
    }
}
