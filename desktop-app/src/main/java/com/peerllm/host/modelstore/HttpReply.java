package com.peerllm.host.modelstore;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/** What of an HTTP answer decides how a download goes on (RFC 9110, sections 8.8, 10.2 and 14). */
record HttpReply(
        int status,
        Optional<String> etag,
        OptionalLong contentLength,
        Optional<Range> range,
        OptionalLong totalOfUnsatisfied,
        Optional<Duration> retryAfter,
        boolean encoded) {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/(\\d{1,18})");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** {@code Content-Range}: both ends belong to it. */
    record Range(long first, long last, OptionalLong total) {}

    static HttpReply of(Response response, Instant now) {
        String range = response.header("Content-Range", "");
        String encoding = response.header("Content-Encoding", "identity");
        return new HttpReply(
                response.code(),
                strong(response.header("ETag")),
                length(response),
                range(range),
                unsatisfied(range),
                retryAfter(response.header("Retry-After"), now),
                !"identity".equalsIgnoreCase(encoding));
    }

    /** A weak tag says that two files are alike, not that they are the same to the byte. */
    private static Optional<String> strong(String etag) {
        return Optional.ofNullable(etag).filter(tag -> tag.startsWith("\"") && tag.length() <= 1024);
    }

    private static OptionalLong length(Response response) {
        long length = response.body().contentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    private static Optional<Range> range(String header) {
        Matcher m = RANGE.matcher(header);
        if (!m.matches()) return Optional.empty();
        OptionalLong total =
                m.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(m.group(3)));
        return Optional.of(new Range(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), total));
    }

    private static OptionalLong unsatisfied(String header) {
        Matcher m = UNSATISFIED.matcher(header);
        return m.matches() ? OptionalLong.of(Long.parseLong(m.group(1))) : OptionalLong.empty();
    }

    private static Optional<Duration> retryAfter(String header, Instant now) {
        if (header == null) return Optional.empty();
        if (SECONDS.matcher(header).matches()) return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
        try {
            Instant at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
