package com.peerllm.host.catalog;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a repository's list of files with sizes and digests from its publisher, page by page.
 *
 * <p>The API is the hub's {@code GET /api/models/OWNER/NAME/tree/main?recursive=true}: an array of entries with {@code type},
 * {@code path} and {@code size}, for a file in Git LFS also {@code lfs.oid} (SHA-256) and {@code lfs.size}; more pages are named in a
 * {@code Link} header. Answers are bounded, redirects leave neither the host nor the encryption, and "too many requests" is
 * waited out as long as it is asked, within a limit.
 */
public final class PublisherListing {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"next\"");
    private static final long MOST_BYTES = 8L << 20;
    private static final int MOST_PAGES = 50;
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_TRIES = 4;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final OkHttpClient http;
    private final Rest rest;

    /** Waits, or ends the waiting with a {@link java.util.concurrent.CancellationException}. */
    @FunctionalInterface
    public interface Rest {
        void rest(Duration time);
    }

    public PublisherListing(OkHttpClient http, Rest rest) {
        this.http = http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(PATIENCE)
                .build();
        this.rest = rest;
    }

    /**
     * @param listing as {@link Publisher#listing} gives it
     * @return the files by their path
     * @throws HostException {@code PUBLISHER} with what is wrong, in a sentence
     */
    public Map<String, ListedFile> read(URI listing) {
        Map<String, ListedFile> files = new LinkedHashMap<>();
        Optional<HttpUrl> page = Optional.of(
                url(listing).newBuilder().addQueryParameter("recursive", "true").build());
        for (int pages = 0; page.isPresent(); pages++) {
            if (pages == MOST_PAGES) throw failed(listing, "lists more files than a model can have", null);
            page = read(page.get(), files);
        }
        return files;
    }

    private Optional<HttpUrl> read(HttpUrl asked, Map<String, ListedFile> files) {
        HttpUrl url = asked;
        int redirects = 0;
        for (int tries = 1; ; ) {
            try (Response response =
                    http.newCall(new Request.Builder().url(url).build()).execute()) {
                if (response.isRedirect() && redirects++ < MOST_REDIRECTS) {
                    url = target(url, response);
                } else if (isBusy(response.code()) && tries++ < MOST_TRIES) {
                    rest.rest(waitAsked(response));
                } else if (response.isSuccessful()) {
                    collect(url, response, files);
                    return next(url, response);
                } else {
                    throw failed(url.uri(), meaning(response.code()), null);
                }
            } catch (IOException e) {
                throw failed(url.uri(), "does not answer; check the network and the address", e);
            }
        }
    }

    private static void collect(HttpUrl url, Response response, Map<String, ListedFile> files) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(MOST_BYTES + 1)) throw failed(url.uri(), "answers with more than a list can be", null);
        try {
            JsonNode list = JSON.readTree(source.readByteArray());
            if (!list.isArray()) throw new IllegalArgumentException("Not a list");
            for (JsonNode entry : list) {
                if (!"file".equals(entry.path("type").asString(""))) continue;
                ListedFile file = file(entry);
                files.put(file.path(), file);
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw failed(url.uri(), "answers with something that is no list of files", e);
        }
    }

    private static ListedFile file(JsonNode entry) {
        String path = entry.path("path").asString("");
        JsonNode lfs = entry.path("lfs");
        long size = (lfs.has("size") ? lfs : entry).path("size").asLong(-1);
        if (path.isEmpty() || size < 0) throw new IllegalArgumentException("A file without path or size");
        Optional<ModelDigest> digest = lfs.has("oid")
                ? Optional.of(new ModelDigest(lfs.path("oid").asString("").replaceFirst("^sha256:", "")))
                : Optional.empty();
        return new ListedFile(path, size, digest);
    }

    private static Optional<HttpUrl> next(HttpUrl url, Response response) {
        Matcher link = NEXT.matcher(Optional.ofNullable(response.header("Link")).orElse(""));
        return link.find() ? Optional.of(sameHost(url, url.resolve(link.group(1)))) : Optional.empty();
    }

    private static HttpUrl target(HttpUrl url, Response response) {
        String location = Optional.ofNullable(response.header("Location")).orElse("");
        return sameHost(url, url.resolve(location));
    }

    private static HttpUrl sameHost(HttpUrl from, HttpUrl to) {
        boolean same = to != null
                && to.scheme().equals(from.scheme())
                && to.host().equals(from.host())
                && to.port() == from.port();
        if (!same) throw failed(from.uri(), "sends elsewhere, which is not followed", null);
        return to;
    }

    private static boolean isBusy(int code) {
        return code == TOO_MANY_REQUESTS || code == UNAVAILABLE;
    }

    private static Duration waitAsked(Response response) {
        String asked = Optional.ofNullable(response.header("Retry-After")).orElse("");
        Duration wait = asked.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(asked)) : USUAL_WAIT;
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String meaning(int code) {
        return switch (code) {
            case 401, 403 -> "does not let everybody read this repository";
            case 404 -> "has no such repository";
            case TOO_MANY_REQUESTS, UNAVAILABLE -> "is busy; try again later";
            default -> "answers with HTTP " + code;
        };
    }

    private static HttpUrl url(URI uri) {
        return Optional.ofNullable(HttpUrl.get(uri))
                .orElseThrow(() -> failed(uri, "has an address that cannot be asked", null));
    }

    private static HostException failed(URI where, String what, Exception cause) {
        return new HostException(
                Problem.PUBLISHER,
                "The publisher at " + where.getScheme() + "://" + where.getAuthority() + " " + what + " ("
                        + where.getPath() + ").",
                cause);
    }

    /** Ends the questions that are under way. */
    public void cancel() {
        http.dispatcher().cancelAll();
    }
}
