package com.peerllm.host.session;

import com.peerllm.shared.wire.FromOrchestrator;
import com.peerllm.shared.wire.Protocol;
import com.peerllm.shared.wire.RefusalCode;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import okhttp3.Response;

/** Says in one sentence why a connection failed and what can be done. */
final class LinkTroubles {
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_FOREIGN_TEXT = 300;

    private LinkTroubles() {}

    static LinkEnd explain(OrchestratorAddress address, Throwable failure, Response response) {
        if (response != null) return answered(address, response.code());
        return switch (failure) {
            case UnknownHostException e ->
                LinkEnd.lost("The name in " + address + " is not known. Check the address and the network.");
            case ConnectException e -> LinkEnd.lost("Nothing answers at " + address + ".");
            case SocketTimeoutException e -> LinkEnd.lost(address + " does not answer in time.");
            case SSLException e -> new LinkEnd("tls_failed", tls(address), true);
            default ->
                LinkEnd.lost("The connection to " + address + " was lost ("
                        + failure.getClass().getSimpleName() + ").");
        };
    }

    private static String tls(OrchestratorAddress address) {
        return "No secure connection to " + address + ": its certificate is not trusted, or it does not speak TLS."
                + " Give the certificate of its issuer with --ca if it has its own.";
    }

    /** Tried again all the same: a proxy in front of an orchestrator that restarts answers like this too. */
    private static LinkEnd answered(OrchestratorAddress address, int status) {
        if (status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS) {
            return LinkEnd.lost(address + " cannot take hosts now (HTTP " + status + ").");
        }
        return notAnOrchestrator(address);
    }

    static LinkEnd notAnOrchestrator(OrchestratorAddress address) {
        return new LinkEnd(
                "not_an_orchestrator",
                "What answers at " + address + " is not a PeerLLM orchestrator of protocol " + Protocol.SUBPROTOCOL
                        + ". Check the address and the port.",
                true);
    }

    static String refused(FromOrchestrator.Refused refused) {
        String said = refused.message().replaceAll("\\p{Cntrl}", " ");
        String text = said.length() > LONGEST_FOREIGN_TEXT ? said.substring(0, LONGEST_FOREIGN_TEXT) : said;
        if (refused.code() != RefusalCode.UPDATE_NEEDED) return text;
        return text + " (this host speaks protocol version " + Protocol.VERSION + ", needed is "
                + refused.minimumVersion() + ")";
    }
}
