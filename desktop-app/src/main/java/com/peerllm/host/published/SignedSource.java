package com.peerllm.host.published;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Where a signed file is published: it is at the address, its signature at the address with {@code .sig}. What comes from
 * there is bounded and believed by nobody yet.
 */
public final class SignedSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OkHttpClient http;
    private final URI address;

    /** @param address see {@link SafeAddress} */
    public SignedSource(OkHttpClient http, URI address) {
        // Content networks redirect; the signature says what was got there. Never from an encrypted address to a plain
        // one.
        this.http = http.newBuilder()
                .followSslRedirects(false)
                .callTimeout(PATIENCE)
                .build();
        this.address = address;
    }

    public URI address() {
        return address;
    }

    /** @throws HostException {@code PUBLISHER} with why there is none now */
    public SignedFile fetch() {
        byte[] content = read(address, SignedFile.MOST_BYTES);
        byte[] signature = read(URI.create(address + SignedFile.SIGNATURE_ENDING), SignedFile.MOST_SIGNATURE_BYTES);
        return new SignedFile(content, new String(signature, StandardCharsets.UTF_8));
    }

    private byte[] read(URI from, int mostBytes) {
        Request request = new Request.Builder()
                .url(from.toString())
                .header("User-Agent", "peerllm-host")
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) throw failed(from, "answers with HTTP " + response.code(), null);
            BufferedSource body = response.body().source();
            if (body.request(mostBytes + 1L)) throw failed(from, "answers with more than such a file can have", null);
            return body.readByteArray();
        } catch (IOException e) {
            throw failed(from, "does not answer; check the network, or try again later", e);
        }
    }

    private static HostException failed(URI from, String what, Exception cause) {
        return new HostException(Problem.PUBLISHER, "The server at " + from + " " + what + ".", cause);
    }
}
