package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.transparency.LogPublisher;
import com.peerllm.orchestrator.transparency.Published;
import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.SignedNote;
import com.peerllm.shared.transparency.Tile;
import io.vertx.core.buffer.Buffer;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.Optional;

/** The transparency log as static files (C2SP tlog-tiles), and the way in for witnesses' signatures. Lives on the event loop. */
final class LogApi {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String SHORTLY = "public, max-age=1";
    private static final int ETAG_BYTES = 16;

    private final LogPublisher log;
    private final OpenReads reads;

    LogApi(LogPublisher log, OpenReads reads) {
        this.log = log;
        this.reads = reads;
    }

    void checkpoint(Exchange exchange) {
        note(exchange, log.published());
    }

    /** The newest one that a witness has signed; the newest of all may be too young for that. */
    void witnessedCheckpoint(Exchange exchange) {
        note(exchange, log.witnessed());
    }

    private static void note(Exchange exchange, Optional<Published> there) {
        if (there.isEmpty()) {
            exchange.error(ApiError.of(404, "invalid_request_error", "not_found", "There is no such checkpoint yet."));
            return;
        }
        exchange.response.putHeader("cache-control", SHORTLY);
        exchange.text(200, TEXT, there.get().note().bytes());
    }

    /** @param path what stands behind {@code /log/tile/} */
    void tile(Exchange exchange, String path) {
        Optional<Tile> tile = Tile.parse("tile/" + path);
        if (tile.isEmpty()) {
            noTile(exchange);
            return;
        }
        reads.read(exchange, () -> {
            byte[] content;
            try {
                content = log.tiles().read(tile.get());
            } catch (NoSuchFileException e) {
                return () -> noTile(exchange);
            }
            String tag = '"' + HexFormat.of().formatHex(Sha256.of(content), 0, ETAG_BYTES) + '"';
            return () -> send(exchange, content, tag);
        });
    }

    /** A tile of one width never changes, a partial one neither. */
    private static void send(Exchange exchange, byte[] content, String tag) {
        exchange.response.putHeader("cache-control", FOREVER).putHeader("etag", tag);
        if (tag.equals(exchange.request.getHeader("if-none-match"))) {
            exchange.response.setStatusCode(304).end();
            return;
        }
        exchange.response.putHeader("content-type", "application/octet-stream").end(Buffer.buffer(content));
    }

    private static void noTile(Exchange exchange) {
        exchange.error(
                ApiError.of(
                        404,
                        "invalid_request_error",
                        "not_found",
                        "The log has no such tile. Its paths are those of C2SP tlog-tiles, up to the size in /log/checkpoint."));
    }

    /** A witness gives a checkpoint of ours back, with its signature below. */
    void addCosignature(Exchange exchange) {
        exchange.body(SignedNote.MAX_BYTES).onComplete(read -> {
            if (read.failed()) {
                exchange.error(
                        read.cause() instanceof InvalidRequest refused ? refused.error() : notANote("unreadable"));
                return;
            }
            reads.read(exchange, () -> {
                try {
                    Published taken = log.cosign(read.result());
                    return () -> exchange.json(200, AnswerForm.fields("object", "cosignature", "size", taken.size()));
                } catch (InvalidLogData e) {
                    return () -> exchange.error(notANote(e.getMessage()));
                }
            });
        });
    }

    private static ApiError notANote(String why) {
        return ApiError.badRequest("invalid_cosignature", null, "The cosignature is not taken: " + why + ".");
    }
}
