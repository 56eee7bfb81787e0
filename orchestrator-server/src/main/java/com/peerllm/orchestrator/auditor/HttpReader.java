package com.peerllm.orchestrator.auditor;

import com.peerllm.orchestrator.auditor.HttpFiles.Patience;
import com.peerllm.shared.audit.MissingFile;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads what is below an address. No answer takes more than its time or more than its bytes; what fails and may succeed later is
 * asked for again, each time after a longer wait.
 */
final class HttpReader implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final URI address;
    private final Patience patience;
    private final HttpClient client;

    HttpReader(URI address, Patience patience) {
        String text = address.toString();
        this.address = text.endsWith("/") ? address : URI.create(text + "/");
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience.each())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    byte[] read(String path, int mostBytes) throws IOException {
        Duration pause = patience.firstPause();
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(path, mostBytes);
            } catch (InvalidLogData | MissingFile | InterruptedIOException e) {
                throw e;
            } catch (Busy e) {
                if (attempt >= patience.attempts()) throw e;
                rest(e.wanted
                        .filter(wanted -> wanted.compareTo(LONGEST_PAUSE) < 0)
                        .orElse(pause));
            } catch (IOException e) {
                if (attempt >= patience.attempts()) throw e;
                rest(pause);
            }
            pause = pause.multipliedBy(2);
        }
    }

    /** Who serves the log wants to be asked later. */
    private static final class Busy extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Optional<Duration> wanted;

        Busy(String message, Optional<Duration> wanted) {
            super(message);
            this.wanted = wanted;
        }
    }

    private byte[] readOnce(String path, int mostBytes) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(patience.each())
                .build();
        HttpResponse<byte[]> response = send(request, path, mostBytes);
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case 404, 410 -> throw new MissingFile(path);
            case 429, 503 -> throw new Busy(status(request, response), retryAfter(response));
            default -> throw new IOException(status(request, response));
        };
    }

    private HttpResponse<byte[]> send(HttpRequest request, String path, int mostBytes) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, info -> new BoundedBody(path, info.statusCode() == 200 ? mostBytes : SignedNote.MAX_BYTES));
        try {
            return answer.get(patience.each().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    request.uri() + " took longer than " + patience.each().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while reading " + path);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidLogData tooLong) throw tooLong;
            throw new IOException(request.uri() + " cannot be read (" + reason(e.getCause()) + ")", e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static String status(HttpRequest request, HttpResponse<byte[]> response) {
        return request.uri() + " answered with status " + response.statusCode();
    }

    private static Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static void rest(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting to ask again");
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
