package com.peerllm.orchestrator;

import com.peerllm.orchestrator.api.OpenApiDocument;
import com.peerllm.orchestrator.api.OpenApiDocument.Exchanged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Holds everything that a test's client and the orchestrator say to each other against {@code docs/openapi.yaml} and
 * {@code docs/openapi-admin.yaml}: requests that were taken, and all answers, streams event by event when they have ended.
 */
final class ContractCheck implements Interceptor {
    private static final OpenApiDocument CONSUMERS = OpenApiDocument.read();
    private static final OpenApiDocument ADMINISTRATORS = OpenApiDocument.readAdministration();

    private final List<String> faults = new CopyOnWriteArrayList<>();

    List<String> faults() {
        return faults;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Response response = chain.proceed(request);
        Optional<String> template = template(request);
        if (template.isEmpty() || response.code() == 101) return response;
        String type = response.header("content-type", "");
        ResponseBody body = response.body();
        if (!type.startsWith("text/event-stream")) {
            // The bytes stay as they are: a tile of the log is no text.
            byte[] whole = body.bytes();
            check(request, template.get(), response, type, new String(whole, StandardCharsets.UTF_8));
            return response.newBuilder()
                    .body(ResponseBody.create(whole, body.contentType()))
                    .build();
        }
        Buffer seen = new Buffer();
        ForwardingSource tee = new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                if (read > 0) sink.copyTo(seen, sink.size() - read, read);
                if (read < 0) check(request, template.get(), response, type, seen.readUtf8());
                return read;
            }
        };
        return response.newBuilder()
                .body(ResponseBody.create(Okio.buffer(tee), body.contentType(), body.contentLength()))
                .build();
    }

    private static OpenApiDocument document(Request request) {
        return request.url().encodedPath().startsWith("/admin/") ? ADMINISTRATORS : CONSUMERS;
    }

    /** Nothing for an address at which the document has nothing: then an error is all that can come. */
    private static Optional<String> template(Request request) {
        String asked = request.method() + " " + request.url().encodedPath();
        // A model's id may have slashes; no name of the administration has.
        String parameter = document(request) == ADMINISTRATORS ? "[^/ ]+" : "\\\\S+";
        return document(request).operations().stream()
                .filter(operation -> Pattern.matches(operation.replaceAll("\\{[a-z]+}", parameter), asked))
                .map(operation -> operation.substring(operation.indexOf(' ') + 1))
                .findFirst();
    }

    private void check(Request request, String template, Response response, String type, String body) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .forEach(header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
        faults.addAll(document(request)
                .faults(new Exchanged(
                        request.method(),
                        template,
                        sent(request),
                        response.code(),
                        type,
                        Collections.unmodifiableMap(headers),
                        body)));
    }

    private static Optional<String> sent(Request request) {
        if (request.body() == null || request.body().isOneShot()) return Optional.empty();
        Buffer body = new Buffer();
        try {
            request.body().writeTo(body);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(body.readString(StandardCharsets.UTF_8));
    }
}
