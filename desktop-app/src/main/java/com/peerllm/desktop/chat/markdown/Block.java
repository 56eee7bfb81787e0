package com.peerllm.desktop.chat.markdown;

import java.util.List;
import java.util.stream.Collectors;

/** A part of a text that stands on lines of its own. */
public sealed interface Block {

    Place place();

    /** As a person would copy it. */
    String plainText();

    /**
     * Where it stands.
     *
     * @param depth lists around it
     * @param marker before it, such as {@code 1.} or a dot; empty when it begins no entry of a list
     * @param quoted whether it is a quotation
     */
    record Place(int depth, String marker, boolean quoted) {
        static final Place TOP = new Place(0, "", false);
    }

    /** @param heading 0 for a paragraph, else the level of the heading */
    record Words(Place place, int heading, List<Span> spans) implements Block {
        public Words {
            spans = List.copyOf(spans);
        }

        @Override
        public String plainText() {
            String marker = place.marker().isEmpty() ? "" : place.marker() + " ";
            return marker + spans.stream().map(Span::text).collect(Collectors.joining());
        }
    }

    /** @param language as the model named it; empty when it did not */
    record Code(Place place, String language, String text) implements Block {
        @Override
        public String plainText() {
            return text;
        }
    }

    /** @param rows the first is the heading; each has its cells */
    record Table(Place place, List<List<List<Span>>> rows) implements Block {
        public Table {
            rows = List.copyOf(rows);
        }

        @Override
        public String plainText() {
            return rows.stream()
                    .map(row -> row.stream()
                            .map(cell -> cell.stream().map(Span::text).collect(Collectors.joining()))
                            .collect(Collectors.joining("\t")))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** A line across. */
    record Line(Place place) implements Block {
        @Override
        public String plainText() {
            return "---";
        }
    }
}
