package com.peerllm.host.modelstore;

import com.peerllm.shared.model.ModelDigest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads size and SHA-256 of a file from a hub's tree listing: {@code [{"path": ..., "size": ..., "lfs": {"oid": SHA-256}}]},
 * as huggingface.co answers it at {@code /api/models/OWNER/NAME/tree/REVISION}, in pages that a Link header joins.
 */
final class HubListing {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?.*");
    private static final int MOST_PAGES = 20;
    private static final long LONGEST_PAGE_BYTES = 8L << 20;

    private final Call.Factory http;
    private final InstantSource clock;

    HubListing(Call.Factory http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /** A file as the publisher lists it. */
    record Entry(long sizeBytes, ModelDigest digest) {}

    /** @param watched is given each call, so that it can be cancelled */
    Entry find(Downloads.Listing listing, UnaryOperator<Call> watched) throws IOException, FetchTrouble {
        Optional<HttpUrl> page = Optional.ofNullable(HttpUrl.parse(listing.api().toString()))
                .map(api ->
                        api.newBuilder().setQueryParameter("recursive", "true").build());
        for (int read = 0; page.isPresent() && read < MOST_PAGES; read++) {
            HttpUrl here = page.get();
            Request request = new Request.Builder().url(here).build();
            try (Response response = watched.apply(http.newCall(request)).execute()) {
                if (response.code() != 200) throw ReplyTroubles.of(HttpReply.of(response, clock.instant()));
                Optional<Entry> found = in(page(response), listing.file());
                if (found.isPresent()) return found.get();
                page = next(response, here);
            }
        }
        throw FetchTrouble.person("The publisher lists no file " + listing.file()
                + " with a SHA-256, so nothing could prove what is received. Look for the file's new name, or give its"
                + " SHA-256 yourself.");
    }

    private static JsonNode page(Response response) throws IOException, FetchTrouble {
        BufferedSource source = response.body().source();
        if (source.request(LONGEST_PAGE_BYTES))
            throw FetchTrouble.person("The publisher's listing is too long to be read.");
        try {
            return JSON.readTree(source.readByteArray());
        } catch (JacksonException e) {
            throw FetchTrouble.again("The publisher's listing could not be understood.", e);
        }
    }

    private static Optional<Entry> in(JsonNode page, String file) {
        Iterator<JsonNode> files = page.iterator();
        Iterable<JsonNode> each = () -> files;
        return StreamSupport.stream(each.spliterator(), false)
                .filter(one -> file.equals(one.path("path").asString("")))
                .flatMap(one -> entry(one).stream())
                .findFirst();
    }

    /** A file that is not in large-file storage has a Git hash, which proves nothing here. */
    private static Optional<Entry> entry(JsonNode file) {
        String oid = file.path("lfs").path("oid").asString("");
        long size = file.path("lfs").path("size").asLong(file.path("size").asLong(-1));
        if (!oid.matches("[0-9a-f]{64}") || size <= 0) return Optional.empty();
        return Optional.of(new Entry(size, new ModelDigest(oid)));
    }

    /** Pages of another server are not read: who lists is who was asked. */
    private static Optional<HttpUrl> next(Response response, HttpUrl here) {
        Matcher link = NEXT.matcher(response.header("Link", ""));
        if (!link.matches()) return Optional.empty();
        return Optional.ofNullable(here.resolve(link.group(1)))
                .filter(url -> url.host().equals(here.host()) && url.scheme().equals(here.scheme()));
    }
}
