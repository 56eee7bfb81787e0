package com.peerllm.orchestrator.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of the change log: {@code NUMBER CHECKSUM JSON}, where the checksum is the CRC-32C, in 8 hex digits, of
 * {@code NUMBER JSON}.
 *
 * @param number 1, 2, 3, … without gaps
 */
record LogRecord(long number, Change change) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The line with its line feed. */
    byte[] line() {
        byte[] start = (number + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] json = JSON.writeValueAsBytes(change);
        ByteArrayOutputStream line = new ByteArrayOutputStream(start.length + 9 + json.length + 1);
        line.writeBytes(start);
        line.writeBytes((checksum(start, json, 0) + " ").getBytes(StandardCharsets.US_ASCII));
        line.writeBytes(json);
        line.write('\n');
        return line.toByteArray();
    }

    /** @param line without its line feed; empty is returned when it is not one that {@link #line} made */
    static Optional<LogRecord> parse(byte[] line) {
        int firstSpace = indexOfSpace(line, 0);
        int secondSpace = firstSpace < 0 ? -1 : indexOfSpace(line, firstSpace + 1);
        if (secondSpace < 0) return Optional.empty();
        byte[] start = Arrays.copyOf(line, firstSpace + 1);
        String checksum = new String(line, firstSpace + 1, secondSpace - firstSpace - 1, StandardCharsets.US_ASCII);
        if (!checksum.equals(checksum(start, line, secondSpace + 1))) return Optional.empty();
        try {
            long number = Long.parseLong(new String(start, 0, firstSpace, StandardCharsets.US_ASCII));
            Change change = JSON.readValue(line, secondSpace + 1, line.length - secondSpace - 1, Change.class);
            return Optional.of(new LogRecord(number, change));
        } catch (NumberFormatException | JacksonException e) {
            throw new StorageException(
                    StorageException.Code.SCHEMA_TOO_NEW,
                    "The change log holds a line that this version of PeerLLM does not understand. Update this program.",
                    e);
        }
    }

    private static int indexOfSpace(byte[] line, int from) {
        for (int i = from; i < line.length; i++) if (line[i] == ' ') return i;
        return -1;
    }

    private static String checksum(byte[] start, byte[] json, int jsonFrom) {
        CRC32C crc = new CRC32C();
        crc.update(start);
        crc.update(json, jsonFrom, json.length - jsonFrom);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
