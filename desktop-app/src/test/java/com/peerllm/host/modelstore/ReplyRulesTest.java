package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer to "the bytes from 400 on, of 1000" is worth. */
class ReplyRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final PartNote NOTE = new PartNote(
            URI.create("https://a.example/f"), Optional.of("\"one\""), OptionalLong.of(1000), Optional.empty(), 400L);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes 400-999/1000 | 600 | takes 600",
                "bytes 400-599/1000 | 200 | takes 200",
                "bytes 400-999/*    | 600 | takes 600",
                "bytes 399-999/1000 | 601 | AGAIN",
                "bytes 0-999/1000   | 1000 | AGAIN",
                "bytes 400-1000/1000 | 601 | AGAIN",
                "bytes 400-999/1000 | 500 | AGAIN",
                "bytes 400-399/1000 | 0 | AGAIN",
                "items 400-999/1000 | 600 | AGAIN",
                "bytes 400-999/1001 | 600 | ANEW",
                "''                 | 600 | AGAIN"
            })
    void onlyThePartThatWasAskedForIsTaken(String range, long length, String worth) {
        assertThat(worth(206, length, "\"one\"", range)).isEqualTo(worth);
    }

    @Test
    void anotherTagIsAnotherFileAndAWeakOneSaysNothing() {
        assertThat(worth(206, 600, "\"two\"", "bytes 400-999/1000")).isEqualTo("ANEW");
        assertThat(worth(206, 600, "W/\"two\"", "bytes 400-999/1000")).isEqualTo("takes 600");
        assertThat(worth(206, 600, null, "bytes 400-999/1000")).isEqualTo("takes 600");
    }

    @Test
    void aWholeFileInPlaceOfThePartBeginsAnew() {
        assertThat(worth(200, 1000, "\"one\"", "")).isEqualTo("ANEW");
    }

    @Test
    void nothingLeftIsTheEndOnlyWhenTheSizeAgrees() {
        assertThat(worth(416, 0, null, "bytes */1000")).isEqualTo("ANEW");
        assertThat(worth(416, 0, null, "bytes */400")).isEqualTo("ANEW");
        assertThat(worth(416, 0, null, "")).isEqualTo("ANEW");
    }

    @Test
    void aFileWithoutAnEndIsNotBegun() {
        FetchTrouble trouble = catchThrowableOfType(
                FetchTrouble.class,
                () -> ReplyRules.body(
                        reply(200, -1, null, ""),
                        0,
                        PartNote.empty(NOTE.url(), OptionalLong.empty(), Optional.empty()),
                        OptionalLong.empty(),
                        true));
        assertThat(trouble.sentence()).contains("does not tell how big");
    }

    @Test
    void readsBothFormsOfRetryAfter() {
        assertThat(retryAfter("120")).contains(Duration.ofMinutes(2));
        assertThat(retryAfter("Mon, 23 Nov 2026 09:01:00 GMT")).contains(Duration.ofMinutes(1));
        assertThat(retryAfter("Mon, 23 Nov 2026 08:00:00 GMT")).contains(Duration.ZERO);
        assertThat(retryAfter("soon")).isEmpty();
    }

    private static Optional<Duration> retryAfter(String header) {
        Response response = response(503, 0).header("Retry-After", header).build();
        return HttpReply.of(response, NOW).retryAfter();
    }

    private static String worth(int status, long length, String etag, String range) {
        try {
            return "takes "
                    + ReplyRules.body(reply(status, length, etag, range), 400, NOTE, OptionalLong.empty(), true)
                            .bytes();
        } catch (FetchTrouble e) {
            return e.next().name();
        }
    }

    private static HttpReply reply(int status, long length, String etag, String range) {
        Response.Builder response = response(status, length);
        if (etag != null) response.header("ETag", etag);
        if (!range.isEmpty()) response.header("Content-Range", range);
        return HttpReply.of(response.build(), NOW);
    }

    private static Response.Builder response(int status, long length) {
        return new Response.Builder()
                .request(new Request.Builder().url("https://a.example/f").build())
                .protocol(Protocol.HTTP_1_1)
                .message("")
                .code(status)
                .body(ResponseBody.create(new Buffer(), (MediaType) null, length));
    }
}
