package com.peerllm.host.modelstore;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLException;

/** The sentence for each way in which a connection or the disk under it fails. */
final class ConnectionTroubles {
    private ConnectionTroubles() {}

    static FetchTrouble of(IOException e, URI source) {
        String host = source.getHost();
        return switch (e) {
            case FileSystemException file ->
                FetchTrouble.person(
                        "The file " + file.getFile()
                                + " cannot be written. Check its permissions and its disk, then resume.",
                        e);
            case UnknownHostException unknown ->
                FetchTrouble.again("The address " + host + " is not found. Is there an internet connection?", e);
            case SocketTimeoutException stalled ->
                FetchTrouble.again("The connection to " + host + " brought nothing for too long.", e);
            case ConnectException refused -> FetchTrouble.again(host + " cannot be reached.", e);
            case SSLException untrusted -> FetchTrouble.again("The encrypted connection to " + host + " failed.", e);
            default -> FetchTrouble.again("The connection to " + host + " broke.", e);
        };
    }
}
