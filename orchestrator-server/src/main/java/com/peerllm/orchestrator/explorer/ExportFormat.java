package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.JournalBatch.LeafRow;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** How leaves are written down for other programs. */
public enum ExportFormat {
    /** One line for each leaf under one header, for spreadsheets. */
    CSV("text/csv; charset=utf-8") {
        @Override
        public String header() {
            return LeafCsv.header();
        }

        @Override
        String line(LeafRow leaf) {
            return LeafCsv.line(leaf);
        }
    },

    /** One JSON object for each leaf on a line of its own, with the leaf's exact text. */
    JSON("application/x-ndjson") {
        @Override
        public String header() {
            return "";
        }

        @Override
        String line(LeafRow leaf) {
            return MAPPER.writeValueAsString(LeafJson.of(leaf).map()) + "\n";
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** What stands before the first leaf. */
    public abstract String header();

    abstract String line(LeafRow leaf);

    /** The format with this name. */
    public static Optional<ExportFormat> of(String name) {
        return switch (name) {
            case "csv" -> Optional.of(CSV);
            case "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}
